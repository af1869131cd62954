"""One text that its author lets be read by the coaches whom the form names."""

from collections.abc import Sequence
from hashlib import blake2b

from bot.chat.port import Option, RadioField, Submitted
from bot.coaching.records.cohort import Coach
from bot.coaching.records.member import Member
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Scope
from bot.coaching.rules.reading import deciding
from bot.coaching.rules.who_reads import NAMED, WhoReads
from bot.coaching.words import Words
from bot.flows.context.nudge import Participation
from bot.flows.given import Given
from bot.flows.messages.readers import Reader, coaches_line, others

BESIDE = "#"  # begins, at the end of a form's subject, the name for the coaches that it names


def key_of(coaches: Sequence[tuple[Coach, Member]]) -> str:
    """Return a name for the coaches that a card or a form names, and for what it says of each."""
    said = [(person.id, person.name, role.is_line_manager) for role, person in coaches if role.state in NAMED]
    return blake2b(repr(said).encode("utf-8", "replace"), digest_size=6).hexdigest()


def offered(run: Participation) -> list[Reader]:
    """Return whom a form names as readers: the coaches that its person lets read, and where there are none, all."""
    who, named = run.who or WhoReads(), others(run)
    return [each for each in named if who.whole(each[1].id)] or named


def scope_field(given: Given, run: Participation, chosen: Scope, words: Words | None = None) -> RadioField:
    """Return the field that asks who may read a text, and says who its coaches are.

    Nothing is chosen for who lets none of them read: then choosing the coach is what lets them read this text.
    """
    say, language = given.words.say, run.language
    options = tuple(Option(scope, say(f"scope-{scope}", language)) for scope in Scope)
    return RadioField(
        id="scope",
        label=say("scope-label", language),
        options=options,
        chosen=None if chosen is Scope.COACH and _is_to_grant(run, words) else chosen,
        hint=coaches_line(given, run, offered(run)),
        missing=say("scope-missing", language),
    )


def naming(run: Participation, subject: str) -> str:
    """Return the subject of a form that names coaches, with a name for them at its end."""
    if run.who is None:
        return subject
    return f"{subject if ':' in subject else f'{subject}:'}{BESIDE}{key_of(offered(run))}"


def unnamed(subject: str) -> str:
    """Return the subject of a form without the name for the coaches that it names."""
    return subject.partition(BESIDE)[0]


def is_outdated(run: Participation, form: Submitted) -> bool:
    """Whether a form lets coaches read, and names others than it would by now."""
    named = form.subject.partition(BESIDE)[2]
    return form.values.get("scope") == Scope.COACH and bool(named) and named != key_of(offered(run))


def lets_read(given: Given, run: Participation, form: Submitted, words: Words) -> list[ReadGrant]:
    """Return what lets the coaches that a form names read this text, where they may not already."""
    if run.who is None or form.values.get("scope") != Scope.COACH or BESIDE not in form.subject:
        return []
    text = deciding(words, None, None)
    if text.answers is not None:  # it is for one coach, whatever else they may read
        return []
    return [
        ReadGrant(
            id=given.new_id(),
            workspace=words.workspace,
            member=run.member.id,
            coach=person.id,
            cohort=words.cohort,
            text=words.id,
            from_at=given.now,
            includes_earlier=True,
            wording=given.words.wording(),
            given_at=given.now,
        )
        for _, person in offered(run)
        if not run.who.lets(person.id, text)
    ]


def _is_to_grant(run: Participation, words: Words | None) -> bool:
    """Whether no coach may read, by what the person let them so far, though there are some."""
    if run.who is None:
        return False
    coaches = [person.id for _, person in offered(run)]
    if words is None:
        return bool(coaches) and not any(run.who.whole(each) for each in coaches)
    text = deciding(words, None, None)
    return text.answers is None and bool(coaches) and not any(run.who.lets(each, text) for each in coaches)
