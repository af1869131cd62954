"""Keeping the promise of the consent card: words go 90 days after a journey ends, the rest of it after 12 months.

Who never joined, whose account is gone, and what a workspace left behind that removed the app goes after 30 days.
"""

import logging
from datetime import timedelta

from bot.coaching.records.enrollment import WORDS_KEPT
from bot.coaching.records.session import IDLE
from bot.flows.ports import Ports

log = logging.getLogger(__name__)

REST_KEPT = timedelta(days=365)
NEVER_JOINED_KEPT = timedelta(days=30)  # after somebody who took part in nothing was met, or last did something
AWAY_KEPT = timedelta(days=30)  # an account that is switched off, a workspace that removed the app
LOOKS_KEPT = timedelta(days=365)  # who read what; a signed checkpoint stands in place of what is older
FORMS_KEPT = timedelta(days=1)  # which form of a kind was opened last
WORDS_SHOWN = timedelta(days=30)  # no view stands as long
LINKS_KEPT = timedelta(hours=1)  # to the desk, after their end: one that comes too late is told so
SIGHTS_KEPT = timedelta(days=30)  # ids of inbound events; Slack repeats one for minutes


async def retain(ports: Ports) -> int:
    """Let go of what was kept long enough; return how many texts and people went."""
    now = ports.now
    await ports.store.note_away(now)
    away = await ports.store.away_since(now - AWAY_KEPT)
    purged = [await _purge(ports, each.workspace) for each in away if each.member is None]
    over = {*await ports.store.long_gone(now - REST_KEPT), *await ports.store.never_joined(now - NEVER_JOINED_KEPT)}
    over |= {(each.workspace, each.member) for each in away if each.member is not None}
    gone = [await _let_go(ports, *each) for each in sorted(over)]
    await ports.store.forget_sights(now - SIGHTS_KEPT)
    await ports.store.drop_forms(now - FORMS_KEPT, with_words_before=now - WORDS_SHOWN)
    await ports.store.drop_sessions(now - LINKS_KEPT, ended_before=now, seen_before=now - IDLE)
    faded = 0
    for days in sorted({WORDS_KEPT.days, *await ports.store.words_days()}):
        faded += await ports.store.fade(now - timedelta(days=days), days=days)
    if ports.signs:
        await ports.store.shorten_audit(now - LOOKS_KEPT, now, ports.signs)
    return sum(purged) + sum(gone) + faded


async def _purge(ports: Ports, workspace: str) -> int:
    """Delete what is kept of a workspace that removed the app; return how many people went."""
    count = await ports.store.purge(workspace, at=ports.now)
    log.info("kept long enough workspace=%s people=%d", workspace, count)
    return count


async def _let_go(ports: Ports, workspace: str, member: str) -> bool:
    """Erase a person; the file is written anew once for all of them, soon after. Who cannot be holds up no other."""
    try:
        await ports.store.erase(workspace, member, at=ports.now, audit_id=ports.new_id(), waits=False)
    except Exception:  # it is tried again within the hour
        log.exception("not erased member=%s", member)
        return False
    log.info("kept long enough member=%s", member)
    return True
