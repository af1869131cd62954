"""What an admin or the council settles for a workspace: whether outsiders may join, and line managers may coach."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.chat.port import Body, Form, FormErrors, Option, Press, RadioField, Submitted
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.records.workspace import Workspace
from bot.coaching.rules.who_reads import NAMED
from bot.flows.agenda.reading_news import GONE
from bot.flows.agreement.context import Granting, ReadingContext, reading_of
from bot.flows.agreement.direct_word import say_to, was_cut_off
from bot.flows.agreement.everybody import asked_again, told_everybody
from bot.flows.context.decision import Decision
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.person import stays_open
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.settings.changed_fields import Values, carried, carrying, merged
from bot.store.port import Record

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Gone:
    """A coach whose role ended, with who is to be told."""

    role: Coach
    person: Member


async def opened(ports: Ports, press: Press) -> None:
    """The button *Change the rules*."""
    about = await reading_of(ports, press, introduces=True)
    await carry_out(ports, press, asked_for(ports.given(), about, press))


def asked_for(given: Given, about: ReadingContext, press: Press) -> Decision:
    """Return the form as things stand, for an admin or the council."""
    language = about.language(press)
    if wrong := _not_theirs(about):
        return Decision(says=line(given.words, language, wrong))
    return Decision(opens=rules_form(given, about.workspace, language))


def _not_theirs(about: ReadingContext) -> str:
    """Return why somebody may change nothing; empty for who may."""
    if about.member is not None and about.may_set:
        return ""
    return "admin-not-asked" if about.is_admin is None else "rules-only"


def _values(workspace: Workspace) -> Values:
    """Return what stands in a form that is opened now."""
    return {
        "outsiders": YES if workspace.lets_outsiders_join else NO,
        "managers": YES if workspace.lets_line_managers_coach else NO,
    }


def rules_form(given: Given, workspace: Workspace, language: Language) -> Form:
    """Return the form with both questions."""
    words, values = given.words, _values(workspace)

    def asked(name: str) -> RadioField:
        options = tuple(
            Option(each, words.say(f"rules-{name}-{each}", language), words.say(f"rules-{name}-{each}-about", language))
            for each in (YES, NO)
        )
        return RadioField(
            id=name, label=words.say(f"rules-{name}", language), options=options, chosen=str(values[name])
        )

    return Form(
        id="rules.save",
        subject=carrying("", values),
        title=words.say("form-rules-title", language),
        submit=words.say("form-settings-submit", language),
        close=words.say("form-cancel", language),
        parts=(Body(words.body("rules-intro", language)), asked("outsiders"), asked("managers")),
    )


async def saved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep what was settled, and tell or ask everybody whom it concerns."""
    about = await reading_of(ports, form, introduces=True, grants=True)
    decision = settled(ports.given(), about, form)
    wrong = await carry_out(ports, form, decision)
    for gone in gone_with(about, decision.records, form):
        await say_to(ports, gone.person, "rules-coach-gone")
    return wrong


def settled(given: Given, about: ReadingContext, form: Submitted) -> Decision:
    """Return the workspace as it was settled.

    1. What lets somebody see more holds for nobody who agreed before: what they let coaches read holds until now, and
       they are asked anew.
    2. Where line managers may not coach any more, those who do read nothing from now on, and members are told.
    """
    language, workspace = about.language(form), about.workspace
    if wrong := _not_theirs(about):
        return stays_open(given, about, form, "outsiders", wrong)
    values = merged(form.values, carried(form.subject), _values(workspace))
    if not {values["outsiders"], values["managers"]} <= {YES, NO}:
        return stays_open(given, about, form, "outsiders")
    fresh = replace(
        workspace,
        lets_outsiders_join=values["outsiders"] == YES,
        lets_line_managers_coach=values["managers"] == YES,
    )
    if fresh == workspace:
        key = "rules-saved" if form.attempt > 1 else "rules-same"  # handled once more, it may have been this very form
        return Decision(says=line(given.words, language, key))
    records: list[Record] = [fresh]
    left_out = _forbidden(about) if not fresh.lets_line_managers_coach else []
    ended, granting = _without(given, about.granting, left_out)
    records += [*(_over(given, each.role) for each in left_out), *ended, *_news(given, about, left_out)]
    if _lets_see_more(workspace, fresh):
        records += asked_again(given, granting, f"rules/{workspace.version + 1}")
    return Decision(
        records=records,
        withdraws=bool(left_out),
        also=about.cohorts,
        says=line(given.words, language, "rules-saved"),
    )


def _lets_see_more(before: Workspace, after: Workspace) -> bool:
    more_join = after.lets_outsiders_join and not before.lets_outsiders_join
    return more_join or (after.lets_line_managers_coach and not before.lets_line_managers_coach)


def _forbidden(about: ReadingContext) -> list[Gone]:
    """Return the coaches who said that they are line managers of people there."""
    every = (Gone(role, person) for team in about.teams for role, person in team.coaches)
    return [each for each in every if each.role.is_line_manager and each.role.state in NAMED]


def _over(given: Given, role: Coach) -> Coach:
    return replace(role, state=CoachState.REMOVED, ended_at=given.now)


def _without(
    given: Given, granting: Sequence[Granting], gone: Sequence[Gone]
) -> tuple[list[ReadGrant], list[Granting]]:
    """Return what was granted to these coaches, ended, and what is left of the rest."""
    places = {(each.role.cohort, each.role.member) for each in gone}
    ended: list[ReadGrant] = []
    left: list[Granting] = []
    for each in granting:
        theirs = [grant for grant in each.grants if (grant.cohort, grant.coach) in places]
        ended += [grant.ended(given.now, EndedBy.COUNCIL) for grant in theirs]
        left.append(replace(each, grants=[grant for grant in each.grants if grant not in theirs]))
    return ended, left


def _news(given: Given, about: ReadingContext, gone: Sequence[Gone]) -> list[Record]:
    """Return the news of each coach who reads no more, for who let them."""
    found: list[Record] = []
    for each in gone:
        concerned = [
            one
            for one in about.granting
            if one.run.cohort.id == each.role.cohort and any(grant.coach == each.role.member for grant in one.grants)
        ]
        news = told_everybody(given, concerned, GONE, each.role.id)
        found += [replace(row, occurrence=f"{each.role.id}/{each.role.version}") for row in news]  # they may come back
    return found


def gone_with(about: ReadingContext, records: Sequence[Record], form: Submitted) -> list[Gone]:
    """Return the coaches whose role ends by these records, or ended by this very form before it was cut off."""
    over = {each.id for each in records if isinstance(each, Coach)}
    every = (Gone(role, person) for team in about.teams for role, person in team.coaches if role.is_line_manager)
    found = {
        each.person.id: each
        for each in every
        if each.role.id in over or (about.may_set and was_cut_off(form, each.role.ended_at))
    }
    return [*found.values()]


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"rules.open": opened}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"rules.save": saved}
