"""Signing in to the desk, being recognized there, and signing out."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.records.session import LONGEST, Session, SignIn
from bot.flows.context.person import PersonContext, person_called
from bot.flows.desk.tokens import hashed, new_token, workspace_of
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.flows.ports import Ports
from bot.store.port import Conflict

SEEN_EVERY = timedelta(minutes=1)  # a page more within it is not written down


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody at the desk, with all that is known around them."""

    session: Session
    member: Member
    about: PersonContext

    @property
    def language(self) -> Language:
        """The language to speak with them."""
        return self.about.spoken or Language.EN

    @property
    def zone(self) -> str:
        """The zone their days are told in."""
        if self.member.zone:
            return self.member.zone
        teams = [*([self.about.course.cohort] if self.about.course else []), *self.about.coached]
        return teams[0].zone if teams else DEFAULT_ZONE


async def link_of(ports: Ports, token: str) -> SignIn | None:
    """Return the link of a token while it is good; nothing is used up by looking."""
    workspace = workspace_of(token)
    link = await ports.store.sign_in(workspace, hashed(token)) if workspace else None
    return link if link is not None and link.is_open(ports.now) else None


async def sign_in(ports: Ports, token: str) -> str | None:
    """Use a link up and return the token of the session that it begins; None when it is not good any more."""
    link = await link_of(ports, token)
    if link is None:
        return None
    session, fresh = session_of(ports, link.workspace, link.member)
    try:
        await ports.save(replace(link, used_at=ports.now), session)
    except Conflict:  # somebody else came in by it at this very moment, or its person is gone
        return None
    return fresh


def session_of(ports: Ports, workspace: str, member: str) -> tuple[Session, str]:
    """Return a session that is to begin now, and its token."""
    token, now = new_token(workspace), ports.now
    session = Session(
        id=hashed(token), workspace=workspace, member=member, made_at=now, seen_at=now, ends_at=now + LONGEST
    )
    return session, token


async def recognized(ports: Ports, token: str, *, is_seen: bool = True) -> Visitor | None:
    """Return whose session a token is, while it is live and its person is somebody we serve.

    It goes on from here, unless its person `is_seen` not.
    """
    workspace = workspace_of(token)
    found = await ports.store.session(workspace, hashed(token)) if workspace else None
    if found is None:
        return None
    session, member = found
    if not session.is_live(ports.now) or await ports.store.away(workspace, member.external_id):
        return None
    if is_seen and ports.now - session.seen_at >= SEEN_EVERY:
        with suppress(Conflict):  # another page of theirs, at the same moment
            await ports.save(replace(session, seen_at=ports.now))
    return Visitor(session=session, member=member, about=await person_called(ports, workspace, member.id))


async def sign_out(ports: Ports, visitor: Visitor, *, everywhere: bool = False) -> None:
    """End a session; `everywhere` all sessions of its person, and the links that wait for them."""
    now, member = ports.now, visitor.member
    sessions = await ports.store.sessions_of(member.workspace, member.id)
    links = await ports.store.sign_ins_of(member.workspace, member.id) if everywhere else ()
    ended = [each.ended(now) for each in sessions if everywhere or each.id == visitor.session.id]
    await ports.save(*ended, *(replace(each, used_at=now) for each in links))
