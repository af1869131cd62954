"""One person's data, when they ask the operator instead of the bot."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from bot.coaching.records.audit import OPERATOR, Action, AuditEntry, SeenText
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind
from bot.coaching.words import Words
from bot.commands.by_platform import called, export_view_on
from bot.commands.environment import environment, settings, with_store
from bot.flows.privacy.erase import erased
from bot.flows.privacy.export import for_others, in_own_words
from bot.flows.privacy.sheet import Tables
from bot.flows.screens.show import show
from bot.runtime.clock import SystemClock
from bot.settings import NotConfigured, Settings, read_settings
from bot.store.port import Store

OWNER_ONLY = 0o600


@click.command()
@click.argument("member")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to the screen.")
def export(member: str, output: Path | None) -> None:
    """Give out all there is about a person as JSON, private words too. It is audited, and visible to the person.

    Words of which their author has not said yet what they are stay out.

    MEMBER is a member id, the id that Slack or Teams has for the person, or a name.
    """
    how = settings()
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

    MEMBER is a member id, the id that Slack or Teams has for the person, or a name.
    """
    if not yes:
        raise click.UsageError("This cannot be undone. Add --yes to do it.")
    how = settings()
    done = with_store(how, lambda store: _erased(store, member, how), checks=True)
    if as_json:
        click.echo(json.dumps(asdict(done), indent=2))
        return
    where = called(done.platform)
    click.echo(
        f"Erased {done.member}, with {done.replies} replies. What they typed in {where} stays there; the bot's own "
        "messages in their chat are taken away by the bot as it runs."
    )
    if done.still_quoted:
        posts = "; ".join(done.still_quoted)
        told = "These posts in channels could not be changed and still quote them, delete them in"
        click.echo(f"{told} {where}: {posts}.")


def _make(output: Path) -> None:
    try:
        output.touch(mode=OWNER_ONLY, exist_ok=False)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What went, and what is left to do by hand."""

    member: str
    platform: str
    replies: int
    still_quoted: list[str]  # posts in channels, by place and time


async def _exported(store: Store, called: str) -> Tables:
    who = await the_one(store, called)
    found = for_others(await store.export(who.workspace, who.id))
    rows = in_own_words(found, export_view_on(await _platform_of(store, who)))
    look = AuditEntry(
        id=uuid.uuid4().hex,
        workspace=who.workspace,
        cohort=None,
        actor=OPERATOR,
        subject=who.id,
        action=Action.EXPORT,
        count=len(rows["reply"]),
        at=SystemClock().now(),
        seen=tuple(SeenText(id=str(row["id"]), edition=int(str(row["edition"]))) for row in rows["reply"]),
    )
    await store.save(look)
    return rows


async def _erased(store: Store, called: str, how: Settings) -> Erased:
    who = await the_one(store, called)
    platform = await _platform_of(store, who)
    audit_id, actor = uuid.uuid4().hex, OPERATOR
    around = await store.around_member(who.workspace, who.id)
    written: list[Words] = [*around.shared, *around.promises]
    shown = [each.id for each in written if each.shared_at is not None]
    if _reaches(platform):
        replies = await _wiped(platform, store, who, how, audit_id)
    else:  # who runs the bot takes them out of the posts, once it sees that they are to go
        replies = await store.erase(who.workspace, who.id, at=SystemClock().now(), audit_id=audit_id, actor=actor)
    left = [
        each for each in await store.screens_showing(who.workspace, shown) if not each.person and each.due is not None
    ]
    where = [told for each in left if (told := await _where(store, each.workspace, each.about))]
    return Erased(member=who.id, platform=platform, replies=replies, still_quoted=where)


async def _platform_of(store: Store, who: Member) -> str:
    workspace = await store.workspace(who.workspace)
    assert workspace is not None, "foreign keys hold"
    return workspace.platform


def _reaches(platform: str) -> bool:
    try:
        return platform in read_settings(environment(), talks=True).platforms
    except NotConfigured:
        return False


async def _wiped(platform: str, store: Store, who: Member, how: Settings, audit_id: str) -> int:
    """Do there what they could have asked for themselves, and return how many replies went."""
    from bot.commands.closable_chat import reaching  # noqa: PLC0415  what it brings along takes half a second

    async with reaching(platform, store, how) as ports:
        mine = replace(ports.at(who.workspace), holder=audit_id, held=[])
        went = await erased(mine, who, audit_id=audit_id, actor=OPERATOR)
        await show(mine, mine.held)
    return went


async def _where(store: Store, workspace: str, post: str) -> str | None:
    """Return in which channel a post with shared words stands, and since when; None for another message."""
    row = await store.nudge(workspace, post)
    if row is None or row.kind is not Kind.TEAM_SHARE:
        return None
    cohort = await store.cohort(row.workspace, row.cohort)
    assert cohort is not None, "foreign keys hold"
    sent_at = row.sent_at or row.due_at
    return f"{cohort.channel_name} {sent_at:%Y-%m-%d %H:%M} UTC"


async def the_one(store: Store, called: str) -> Member:
    """Return the one person who is called so, or end the command."""
    found = await store.members_called(called)
    found = [each for each in found if called in (each.id, each.external_id)] or found
    if not found:
        raise click.ClickException(
            f"Nobody is called {called!r}. Give a member id, the platform's id or the whole name."
        )
    if len(found) > 1:
        raise click.ClickException(f"{len(found)} people are called {called!r}. Give one of these ids:\n{_list(found)}")
    return found[0]


def _list(people: Sequence[Member]) -> str:
    return "\n".join(f"  {each.id}  {each.external_id}  {each.name}" for each in people)
