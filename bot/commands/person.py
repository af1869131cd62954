"""One person's data, when they ask the operator instead of the bot."""

import json
import uuid
from collections.abc import Sequence
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.coaching.audit import Action, AuditEntry
from bot.coaching.member import Member
from bot.commands.surroundings import settings, with_store
from bot.store.port import Store

OPERATOR = "operator"  # the command line's name in the audit
OWNER_ONLY = 0o600
Rows = dict[str, list[dict[str, object]]]


@click.command()
@click.argument("member")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to the screen.")
def export(member: str, output: Path | None) -> None:
    """Give out all there is about a person as JSON, private words too. It is audited, and visible to the person.

    MEMBER is a member id, Slack's id of the person, or a name.
    """
    how = settings(slack=False)
    if output is not None:
        _make(output)  # before anything is read and noted as read
    try:
        text = json.dumps(with_store(how, lambda store: _exported(store, member)), ensure_ascii=False, indent=2)
    except BaseException:
        if output is not None:
            output.unlink()
        raise
    if output is None:
        click.echo(text)
    else:
        output.write_text(f"{text}\n", "utf-8")


@click.command()
@click.argument("member")
@click.option("--yes", is_flag=True, help="Yes, for good.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def erase(member: str, yes: bool, as_json: bool) -> None:
    """Erase all there is about a person, for good; only a note without words stays, and backups until they are let go.

    MEMBER is a member id, Slack's id of the person, or a name.
    """
    if not yes:
        raise click.UsageError("This cannot be undone. Add --yes to do it.")
    who, replies = with_store(settings(slack=False), lambda store: _erased(store, member))
    if as_json:
        click.echo(json.dumps({"member": who.id, "replies": replies}, indent=2))
    else:
        click.echo(f"Erased {who.id}, with {replies} replies. What stands in Slack itself stays there.")


def _make(output: Path) -> None:
    try:
        output.touch(mode=OWNER_ONLY, exist_ok=False)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None


async def _exported(store: Store, called: str) -> Rows:
    who = await _the_one(store, called)
    rows = await store.export(who.id)
    look = AuditEntry(
        id=uuid.uuid4().hex,
        workspace=who.workspace,
        cohort=None,
        actor=OPERATOR,
        subject=who.id,
        action=Action.EXPORT,
        count=len(rows["reply"]),
        at=SystemClock().now(),
    )
    await store.save(look)
    return rows


async def _erased(store: Store, called: str) -> tuple[Member, int]:
    who = await _the_one(store, called)
    return who, await store.erase(who.id, at=SystemClock().now(), audit_id=uuid.uuid4().hex, actor=OPERATOR)


async def _the_one(store: Store, called: str) -> Member:
    """Return the one person who is called so, or end the command."""
    found = await store.members_called(called)
    found = [each for each in found if called in (each.id, each.external_id)] or found
    if not found:
        raise click.ClickException(f"Nobody is called {called!r}. Give a member id, Slack's id or the whole name.")
    if len(found) > 1:
        raise click.ClickException(f"{len(found)} people are called {called!r}. Give one of these ids:\n{_list(found)}")
    return found[0]


def _list(people: Sequence[Member]) -> str:
    return "\n".join(f"  {each.id}  {each.external_id}  {each.name}" for each in people)
