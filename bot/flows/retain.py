"""Keeping the promise of the consent card: words go 90 days after a journey ends."""

from datetime import timedelta

from bot.flows.ports import Ports

KEPT = timedelta(days=90)


async def retain(ports: Ports) -> int:
    """Blank the words of journeys that ended long enough ago; return how many texts went."""
    return await ports.store.fade(ports.clock.now() - KEPT)
