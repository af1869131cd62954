"""Between coach and member."""

from collections import Counter
from collections.abc import Sequence
from datetime import time, timedelta

from bot.chat.port import Body, Button, Buttons, Choice, Facts, Heading, Line, Message, Option, Part, Quote, Style
from bot.coaching.calendar import is_quiet, local_day
from bot.coaching.language import Language, Markdown
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.rules.digest import usual
from bot.coaching.words import is_shared
from bot.flows.context.nudge import at_home
from bot.flows.context.pending import standing
from bot.flows.given import Given
from bot.flows.messages.parts import button, note, short, text_of
from bot.flows.messages.shown import Shown
from bot.store.port.shown import ShownDigest, ShownToCoach

HOURS = tuple(time(hour) for hour in range(24))
MOST_PROMISES = 5  # shown of one team
A_WEEK = timedelta(days=6)  # to its last day
MANAGER, YES, NO = "coach.manager", "yes", "no"  # whether a coach is the line manager of people in the team


def word(given: Given, scene: Shown) -> Message:
    """Return what the coach wrote, under the nudge it is about, and how to answer."""
    words, language, written = given.words, scene.language, scene.word
    name = scene.author.name if scene.author else ""
    label = words.say("coach-word-label", language, name=name)
    text = written.text if written and written.text else words.say("coach-word-gone", language)
    if scene.role is None or scene.role.state is not CoachState.ACTIVE:
        return Message(fallback=label, parts=(Quote(text, label=label), note(given, language, "word-no-coach")))
    open_key = "coach-word-note" if standing(given, scene).is_pending else "coach-word-note-over"
    key = "coach-word-note-home" if at_home(given, scene) else open_key
    answer = Buttons((button(given, language, "word.answer", scene.nudge.id),))
    return Message(fallback=label, parts=(Quote(text, label=label), answer, note(given, language, key, name=name)))


def heard(given: Given, about: ShownToCoach) -> Message:
    """Return that somebody answered the coach, without what they said."""
    language = about.member.language or about.cohort.language
    reply, author = about.answer, about.author
    if reply is None or author is None or not reply.text or reply.scope is not Scope.COACH:
        gone = given.words.say("coach-heard-gone", language)
        return Message(fallback=gone, parts=(note(given, language, "coach-heard-gone"),))
    told = given.words.body("coach-heard", language, name=author.name)
    read = button(given, language, "heard.read", reply.id)
    fallback = given.words.say("coach-heard", language, name=author.name)
    return Message(fallback=fallback, parts=(Body(told), Buttons((read,))))


def wanted(given: Given, about: ShownToCoach) -> Message:
    """Return that somebody would like a word, and who takes it; nothing of what they typed."""
    words, language = given.words, about.member.language or about.cohort.language
    request, author = about.answer, about.author
    if request is None or author is None:
        gone = words.say("wanted-gone", language)
        return Message(fallback=gone, parts=(note(given, language, "wanted-gone"),))
    told = words.say("wanted", language, name=author.name)
    parts: list[Part] = [Body(words.body("wanted", language, name=author.name))]
    if request.taken_by is None:
        parts.append(Buttons((button(given, language, "wanted.take", request.id, style=Style.PRIMARY),)))
    else:
        key = "wanted-yours" if request.taken_by == about.member.id else "wanted-taken"
        parts.append(note(given, language, key, name=author.name))
    return Message(fallback=told, parts=tuple(parts))


def ask(given: Given, about: ShownToCoach) -> Message:
    """Return the question whether somebody wants to be the coach."""
    words, cohort = given.words, about.cohort
    language = about.member.language or cohort.language or Language.EN
    state = about.role.state if about.role else CoachState.DECLINED
    journey = words.journeys()[cohort.journey]
    title = words.say("coach-ask-heading", language)
    head = (
        Heading(title),
        Body(_asked_by(given, language, about.starter, about.member)),
        Body(words.body("coach-ask-body", language)),
        Facts(
            (
                (words.say("coach-ask-channel", language), cohort.channel_name),
                (words.say("coach-ask-journey", language), journey.name[language]),
            )
        ),
    )
    if state is CoachState.ACTIVE:
        said = (note(given, language, "coach-active-said"), *_manages(given, about.role, cohort, language))
        return Message(fallback=title, parts=(*head, *said, *digest_time(given, about.member, cohort, language)))
    if state is not CoachState.INVITED:
        return Message(fallback=title, parts=(*head, note(given, language, f"coach-{state}-said")))
    buttons = (
        button(given, language, "coach.accept", cohort.id, style=Style.PRIMARY),
        button(given, language, "coach.decline", cohort.id),
    )
    asks = (_asks_whether_manager(given, language), *_asks_when(given, about.member, cohort, language))
    return Message(fallback=title, parts=(*head, *asks, Buttons(buttons)))


def _asks_whether_manager(given: Given, language: Language) -> Choice:
    """Return the question whether somebody is people's line manager; nothing is chosen for them."""
    words = given.words
    options = tuple(Option(each, words.say(f"coach-manager-{each}", language)) for each in (YES, NO))
    return Choice(id=MANAGER, label=words.say("coach-manager-label", language), options=options)


def _manages(given: Given, role: Coach | None, cohort: Cohort, language: Language) -> list[Part]:
    """Return what a coach said of being people's line manager, and the button that says otherwise."""
    if role is None or role.is_line_manager is None:
        return []
    said, other = (YES, NO) if role.is_line_manager else (NO, YES)
    label = given.words.say(f"coach-manager-{other}", language)
    otherwise = Button(id="coach.manages", label=label, value=f"{cohort.id}:{other}")
    return [note(given, language, f"coach-manager-said-{said}"), Buttons((otherwise,))]


def _asks_when(given: Given, coach: Member, cohort: Cohort, language: Language) -> list[Part]:
    """Return the questions in which language and when the digest is to come; who has said so is not asked again."""
    if coach.digest is not None:
        return []
    words, wish = given.words, usual(cohort.reflection_day, coach.hours.workdays)
    languages = tuple(Option(each, words.say(f"language-{each}", language)) for each in Language)
    days = tuple(Option(str(day), words.weekday(day, language)) for day in coach.hours.workdays)
    hours = tuple(Option(f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in HOURS if not is_quiet(hour, coach.hours))
    return [
        Body(words.body("coach-ask-digest", language)),
        Choice(
            id="coach.language", label=words.say("coach-ask-language", language), options=languages, chosen=language
        ),
        Choice(id="coach.day", label=words.say("digest-day", language), options=days, chosen=str(wish.day)),
        Choice(id="coach.hour", label=words.say("digest-hour", language), options=hours, chosen=f"{wish.hour:%H:%M}"),
        note(given, language, "digest-zone", zone=coach.zone or cohort.zone),
    ]


def digest_time(given: Given, coach: Member, cohort: Cohort, language: Language) -> list[Part]:
    """Return when a coach's digest comes, and the button that changes it."""
    wish, words = coach.digest, given.words
    change = Buttons((button(given, language, "digest.open", ""),))
    if wish is None or wish.is_off:
        return [note(given, language, "digest-off"), change]
    day, hour, zone = words.weekday(wish.day, language), f"{wish.hour:%H:%M}", coach.zone or cohort.zone
    return [note(given, language, "digest-when", day=day, hour=hour, zone=zone), change]


def _asked_by(given: Given, language: Language, starter: Member | None, coach: Member) -> Markdown:
    if starter is not None and starter.id == coach.id:
        return given.words.body("coach-ask-self", language)
    return given.words.body("coach-ask-other", language, name=starter.name if starter else "")


# --- the week -----------------------------------------------------------------------------------------------------


def digest(given: Given, about: ShownDigest) -> Message:
    """Return a coach's week: how much is new and from whom, promises whose day comes, and the post that follows.

    Of what was taken back since, or is not the coach's to read any more, nothing is left.
    """
    words, language = given.words, about.member.language or about.cohort.language
    title = words.say("coach-digest-title", language)
    found = ((cohort, _team(given, about, cohort, language)) for cohort in about.coached)
    teams = [(cohort, told) for cohort, told in found if told]
    if not teams:
        return Message(fallback=title, parts=(Heading(title), note(given, language, "coach-digest-gone")))
    parts: list[Part] = [Heading(title)]
    for cohort, told in teams:
        parts += [Line(), Heading(cohort.channel_name), *told] if len(teams) > 1 else told
    logs = tuple(
        Button(
            id="log.open", label=words.say("log-open-button", language, channel=cohort.channel_name), value=cohort.id
        )
        for cohort, _ in teams
    )
    change = button(given, language, "digest.open", "")
    return Message(fallback=title, parts=(*parts, Buttons((*logs, change)), note(given, language, "coach-digest-note")))


def _team(given: Given, about: ShownDigest, cohort: Cohort, language: Language) -> list[Part]:
    held = about.made.shared if about.made else ()
    replies = [(said, who) for said, who in about.replies if said.cohort == cohort.id and said.id in held]
    promises = [(plan, who) for plan, who in about.promises if plan.cohort == cohort.id and plan.id in held]
    since = about.since
    new = [(plan, who) for plan, who in promises if since is None or plan.made_at > since]
    parts = [*_over(given, about, cohort, language), *_new(given, language, replies, new)]
    parts += _due(given, about, language, promises)
    released = sum(each.cohort == cohort.id and _is_released(about, each) for each in about.words)
    return [*parts, *_post(given, about, cohort, language, released)] if parts or released else []


def _over(given: Given, about: ShownDigest, cohort: Cohort, language: Language) -> list[Part]:
    """Return, once, that a cohort has ended."""
    if about.made is None or not cohort.has_ended(about.since, about.made.made_at):
        return []
    return [Body(given.words.body("digest-ended", language, channel=cohort.channel_name))]


def _new(
    given: Given,
    language: Language,
    replies: Sequence[tuple[Reply, Member]],
    promises: Sequence[tuple[Commitment, Member]],
) -> list[Part]:
    """Return how many texts are new, person by person, and how many of them answer the coach."""
    words, people = given.words, {who.id: who.name for _, who in (*replies, *promises)}
    count = Counter(who.id for said, who in replies if said.answers is None)
    count.update(who.id for _, who in promises)
    answers = Counter(who.id for said, who in replies if said.answers is not None)

    def told(person: str) -> str:
        texts = words.say("digest-texts", language, count=count[person]) if count[person] else ""
        answered = words.say("digest-answers", language, count=answers[person]) if answers[person] else ""
        return " · ".join(each for each in (texts, answered) if each)

    rows = tuple((name, told(person)) for person, name in sorted(people.items(), key=lambda pair: pair[1].casefold()))
    return [Body(words.body("digest-new", language)), Facts(rows)] if rows else []


def _due(
    given: Given, about: ShownDigest, language: Language, promises: Sequence[tuple[Commitment, Member]]
) -> list[Part]:
    """Return the promises whose day is in the week of the digest and that are still open."""
    words, first = given.words, about.nudge.local_date
    due = [(plan, who) for plan, who in promises if plan.is_open and first <= plan.due_on <= first + A_WEEK]
    parts: list[Part] = [Body(words.body("digest-due", language))] if due else []
    for plan, who in due[:MOST_PROMISES]:
        label = words.say("digest-promise", language, name=who.name, day=words.day(plan.due_on, language))
        parts.append(Quote(short(text_of(given, language, plan), 300), label=label))
    more = len(due) - MOST_PROMISES
    return [*parts, note(given, language, "digest-due-more", count=more)] if more > 0 else parts


def _is_released(about: ShownDigest, words: Reply | Commitment) -> bool:
    """Whether a text waits for a team's post, let in before the digest was made."""
    return (
        is_shared(words)
        and about.made is not None
        and words.shared_at is not None
        and words.shared_at <= about.made.made_at
    )


def _post(given: Given, about: ShownDigest, cohort: Cohort, language: Language, released: int) -> list[Part]:
    """Return the team's post that follows: its day, its theme when that is new, and how much was let into it."""
    words, post = given.words, about.posts.get(cohort.id)
    if post is None:
        return []
    day = words.day(local_day(post.due_at, post.zone), language)
    told: list[Part] = [Body(words.body("digest-post", language, day=day, count=released))]
    journey = words.journeys()[cohort.journey]
    item = journey.item_in_week(post.week)
    if item is not None and item != journey.item_in_week(post.week - 1):
        theme = words.title_of(item.theme, language, week=post.week)
        told.append(note(given, language, "digest-theme", theme=theme))
    return told
