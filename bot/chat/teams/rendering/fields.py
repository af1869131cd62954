"""A form as a card: its fields as inputs that answer under their own ids, and the same card with what is wrong in it.

A card that was sent in comes back without itself. So its button carries what it was made of, but for what people typed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, assert_never

from microsoft_teams.cards import (
    AdaptiveCard,
    Choice,
    ChoiceSetInput,
    DateInput,
    ExecuteAction,
    QueryData,
    SubmitAction,
    TeamsCardProperties,
    TextInput,
    TimeInput,
)

from bot.chat.payload import parts, text
from bot.chat.port import (
    Body,
    Buttons,
    Chart,
    ChecksField,
    DateField,
    Facts,
    Field,
    Form,
    FormPart,
    Heading,
    Line,
    Note,
    Option,
    PeopleField,
    Quote,
    RadioField,
    Row,
    SelectField,
    TextField,
    TimeField,
)
from bot.chat.port import Choice as Menu
from bot.chat.teams.rendering.elements import LONGEST, Json, dumped, elements, far_up, ruled, small, title, warning
from bot.chat.teams.rendering.markdown import inert
from bot.chat.teams.rendering.text import cut, plain
from bot.coaching.days.iso import iso_day, iso_hour

CLOSE = "form.close"  # the button by which a form goes away unanswered
ANSWERED, PUT_AWAY = "✓", "✕"  # behind the title of a form that is closed
OURS = "pitstop"  # where an action's data says what is ours
LARGEST = 40_000  # of UTF-16 in one activity: 80 KB, where Teams says it refuses at about 100
ACTIVITY = 1_000  # of them for what stands around a card
PEOPLE = "graph.microsoft.com/users"

_INPUT, _LABEL, _HINT, _OPTION, _TITLE = 4_000, 150, 1_000, 75, 100
_OPTIONS = 100
_QUOTES = (LONGEST, 3_000, 1_200, 500, 200)

Values = Mapping[str, str | tuple[str, ...]]


def form(form: Form) -> Json:
    """Return a form as a card within Teams' limits: quotes get shorter, then parts are left out at the end."""
    ours = {"form": form.id, "subject": form.subject, "title": plain(form.title, _TITLE)}
    ours["close"] = plain(form.close, _OPTION)
    if form.opening:
        ours["opening"] = form.opening
    if form.submit is not None:
        ours["submit"] = plain(form.submit, _OPTION)
    card: Json = {}
    for quote in _QUOTES:
        card = _filled(ours, [_shapes(each, quote) for each in form.parts])
        if weight(card) <= LARGEST - ACTIVITY:
            return card
    return _shortened(ours, [_shapes(each, _QUOTES[-1]) for each in form.parts])


def again(ours: Mapping[str, Any], errors: Mapping[str, str], values: Values) -> Json:
    """Return the card of a form that was sent in, by what its button carried, with what is wrong and what was typed."""
    body = [dict(each) for each in parts(ours, "body")]
    return _card(ours, body, with_errors(body, errors, values))


def missing(ours: Mapping[str, Any], values: Values) -> dict[str, str]:
    """Return what to say of each input that must be filled in and is not: not every client looks."""
    needed = (each for each in parts(ours, "body") if each.get("isRequired") is True and text(each, "id"))
    return {text(each, "id"): text(each, "errorMessage") for each in needed if not values.get(text(each, "id"))}


def with_errors(body: Sequence[Mapping[str, Any]], errors: Mapping[str, str], values: Values) -> list[Json]:
    """Return a form's elements with everything that was typed, and each error above its field; the rest on top."""
    known = {text(each, "id") for each in body}
    shown = [warning(words) for field, words in errors.items() if field not in known]
    for each in body:
        field = text(each, "id") if text(each, "type").startswith("Input.") else ""
        if field in errors:
            shown.append(warning(errors[field]))
        shown.append(_with_typed(each, values.get(field)) if field else dict(each))
    return [*shown, *far_up(body, errors)]


def closed(title: str, mark: str, about: str = "") -> Json:
    """Return what stays of a form that was answered or put away."""
    return adaptive([small(line) for line in (f"{cut(title, _TITLE)} {mark}", about) if line])


def put_away(notice: Form) -> Json:
    """Return what stays of a form that is closed by us: what is said instead of it, and nothing to press."""
    shown = [element for each in notice.parts for element in _shapes(each, _QUOTES[0])]
    return adaptive([small(f"{cut(notice.title, _TITLE)} {PUT_AWAY}"), *ruled(shown)])


def choices(among: Iterable[Option]) -> list[Choice]:
    """Return what can be chosen, each value once, as much of it as is of use."""
    distinct: dict[str, Option] = {}
    for option in among:
        distinct.setdefault(option.value, option)
    return [Choice(title=_option(option), value=value) for value, option in distinct.items() if value][:_OPTIONS]


def chosen_among(made: Sequence[Choice], values: Sequence[str]) -> str | None:
    """Return the values that can be chosen, as a choice set takes them; None for none."""
    return ",".join(each.value for each in made if each.value and each.value in values) or None


def adaptive(body: list[Json], actions: list[Json] | None = None, *, name: str | None = None) -> Json:
    """Return a whole card."""
    card = AdaptiveCard(version="1.5", id=name, msteams=TeamsCardProperties(width="full"))
    made: Json = card.model_dump(by_alias=True, exclude_none=True)
    return {**made, "body": body, **({"actions": actions} if actions else {})}


def weight(shown: Any) -> int:
    """Return how much UTF-16 something takes on the line."""
    return len(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le")) // 2


# --- the card ---------------------------------------------------------------------------------------------------


def _filled(ours: Mapping[str, Any], groups: Sequence[Sequence[Json]]) -> Json:
    body = ruled(_distinct(element for group in groups for element in group))
    return _card(ours, [_emptied(each) for each in body], body)


def _shortened(ours: Mapping[str, Any], groups: Sequence[Sequence[Json]]) -> Json:
    """Return as much of a form from its start as there is room for."""
    low, high = 0, len(groups)  # so many fit; so many do not
    while high - low > 1:
        half = (low + high) // 2
        if weight(_filled(ours, groups[:half])) <= LARGEST - ACTIVITY:
            low = half
        else:
            high = half
    return _filled(ours, groups[:low])


def _card(ours: Mapping[str, Any], pristine: list[Json], body: list[Json]) -> Json:
    """Return a form's card with its buttons; the old kind of button carries less where there is no room."""
    carried = {**{name: value for name, value in ours.items() if isinstance(value, str)}, "body": pristine}
    less = {name: value for name, value in carried.items() if name != "body"}
    shown = [title(text(ours, "title")), *body]
    card: Json = {}
    for older in (carried, less):
        card = adaptive(shown, _actions(carried, older))
        if weight(card) <= LARGEST - ACTIVITY:
            break
    return card


def _actions(carried: Json, older: Json) -> list[Json]:
    close = {"button": CLOSE, "value": text(carried, "title")}
    made = [_action(CLOSE, text(carried, "close"), close, close, answers=False)]
    if "submit" in carried:
        made.insert(0, _action(text(carried, "form"), text(carried, "submit"), carried, older, answers=True))
    return made


def _action(verb: str, label: str, ours: Json, older: Json, *, answers: bool) -> Json:
    made = ExecuteAction(
        title=plain(label, _OPTION),
        verb=verb,
        data={OURS: ours},
        style="positive" if answers else None,
        associated_inputs="auto" if answers else "none",
        fallback=SubmitAction(
            title=plain(label, _OPTION), data={OURS: older}, associated_inputs="auto" if answers else "none"
        ),
    )
    shape: Json = made.model_dump(by_alias=True, exclude_none=True)
    return shape


def _distinct(body: Iterable[Json]) -> list[Json]:
    """Return elements without a second input of the same name, which Teams refuses."""
    seen: set[str] = set()
    kept = []
    for each in body:
        name = text(each, "id")
        if name and name in seen:
            continue
        seen.add(name)
        kept.append(each)
    return kept


def _emptied(element: Json) -> Json:
    return {name: value for name, value in element.items() if name != "value" or not _is_input(element)}


def _with_typed(element: Mapping[str, Any], typed: str | tuple[str, ...] | None) -> Json:
    """Return an input that holds what was typed; nothing where that is empty, or a day or hour that Teams refuses."""
    value = ",".join(typed) if isinstance(typed, tuple) else typed
    reads = {"Input.Date": iso_day, "Input.Time": iso_hour}.get(text(element, "type"))
    if reads is not None and reads(value) is None:
        value = None
    return _emptied(dict(element)) | ({"value": value} if value else {})


def _is_input(element: Mapping[str, Any]) -> bool:
    return text(element, "type").startswith("Input.")


# --- its parts --------------------------------------------------------------------------------------------------


def _shapes(shown: FormPart, quote: int) -> Sequence[Json]:
    if isinstance(shown, Heading | Body | Note | Line | Quote | Facts | Chart):
        return elements(shown, quote)
    if isinstance(shown, Buttons | Row | Menu):
        return []  # for views only; here what has them is a message
    made = dumped([_input(shown)])
    return [*made, small(cut(shown.hint, _HINT))] if shown.hint else made


def _input(field: Field) -> TextInput | DateInput | TimeInput | ChoiceSetInput:
    label = plain(field.label, _LABEL)
    common: Json = {"id": field.id, "label": label}
    if field.required:
        common |= {"is_required": True, "error_message": plain(field.missing or f"⚠ {label}", _LABEL)}
    made: TextInput | DateInput | TimeInput | ChoiceSetInput
    match field:
        case TextField():
            made = _text_input(field, common)
        case RadioField() | SelectField():
            made = _one_of(field, common)
        case ChecksField():
            made = _some_of(field, common)
        case DateField():
            made = DateInput(**common, value=None if field.value is None else field.value.isoformat())
        case TimeField():
            made = TimeInput(**common, value=None if field.value is None else field.value.strftime("%H:%M"))
        case PeopleField():
            made = _people(field, common)
        case _:
            assert_never(field)
    return made


def _text_input(field: TextField, common: Json) -> TextInput:
    longest = min(field.longest, _INPUT)
    return TextInput(
        **common,
        max_length=longest,
        is_multiline=True if field.multiline else None,
        placeholder=plain(field.placeholder, _LABEL) if field.placeholder else None,
        value=cut(field.value, longest) if field.value else None,
    )


def _one_of(field: RadioField | SelectField, common: Json) -> ChoiceSetInput:
    made = choices(field.options)
    chosen = chosen_among(made, [] if field.chosen is None else [field.chosen])
    if isinstance(field, SelectField):
        return ChoiceSetInput(**common, choices=made, value=chosen, style="compact")
    return ChoiceSetInput(**common, choices=made, value=chosen, style="expanded", wrap=True)


def _some_of(field: ChecksField, common: Json) -> ChoiceSetInput:
    made = choices(field.options)
    chosen = chosen_among(made, field.chosen)
    return ChoiceSetInput(**common, choices=made, value=chosen, style="expanded", is_multi_select=True, wrap=True)


def _people(field: PeopleField, common: Json) -> ChoiceSetInput:
    chosen = ",".join(field.chosen[: field.most]) or None
    return ChoiceSetInput(
        **common, choices=[], choices_data=QueryData(dataset=PEOPLE), value=chosen, is_multi_select=True
    )


def _option(option: Option) -> str:
    shown = f"{option.label} · {option.about}" if option.about else option.label
    return inert(cut(shown, 2 * _OPTION).replace("\n", " "))
