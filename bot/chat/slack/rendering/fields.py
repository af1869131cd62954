"""A form's field as the input that Slack shows, answering under the field's own id."""

from collections.abc import Callable, Sequence
from typing import assert_never

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)
from slack_sdk.models.blocks import Option as OptionObject

from bot.chat.port import (
    ChecksField,
    DateField,
    Field,
    Option,
    PeopleField,
    RadioField,
    SelectField,
    TextField,
    TimeField,
)
from bot.chat.slack.rendering.text import cut, plain

_INPUT, _LABEL, _OPTION_VALUE = 3_000, 75, 150
_VISIBLE_OPTIONS, _OPTIONS = 10, 100


def input_block(field: Field) -> InputBlock:
    """Return a field with its label and hint."""
    return InputBlock(
        block_id=field.id,
        label=plain(field.label, InputBlock.label_max_length),
        hint=plain(field.hint, InputBlock.hint_max_length) if field.hint else None,
        element=_element(field),
        optional=not field.required,
    )


def options(among: Sequence[Option]) -> list[OptionObject]:
    """Return what can be chosen, each value once, as much of it as Slack can show."""
    distinct = {option.value: option for option in reversed(among)}
    return [
        OptionObject(
            value=option.value[:_OPTION_VALUE],
            text=plain(option.label, _LABEL),
            description=plain(option.about, _LABEL) if option.about else None,
        )
        for option in reversed(distinct.values())
    ][:_OPTIONS]


def chosen_option(among: Sequence[Option], value: str | None) -> OptionObject | None:
    """Return the option with this value, or None when it is not among them."""
    return next(iter(options([option for option in among[:_OPTIONS] if option.value == value])), None)


def _element(field: Field) -> InputInteractiveElement:
    match field:
        case TextField():
            return _text_input(field)
        case RadioField() | SelectField():
            return _one_of(field)
        case ChecksField():
            return _some_of(field)
        case DateField():
            day = None if field.value is None else field.value.isoformat()
            return DatePickerElement(action_id=field.id, initial_date=day)
        case TimeField():
            at = None if field.value is None else field.value.strftime("%H:%M")
            return TimePickerElement(action_id=field.id, initial_time=at)
        case PeopleField():
            return _people(field)
        case _:
            assert_never(field)


def _text_input(field: TextField) -> InputInteractiveElement:
    longest = min(field.longest, _INPUT)
    hint = PlainTextInputElement.placeholder_max_length
    return PlainTextInputElement(
        action_id=field.id,
        multiline=field.multiline,
        max_length=longest,
        initial_value=cut(field.value, longest) if field.value else None,
        placeholder=plain(field.placeholder, hint) if field.placeholder else None,
    )


def _one_of(field: RadioField | SelectField) -> InputInteractiveElement:
    """Return radio buttons, or a menu when there are more options than Slack shows at once."""
    visible = isinstance(field, RadioField) and len(field.options) <= _VISIBLE_OPTIONS
    element: Callable[..., InputInteractiveElement] = RadioButtonsElement if visible else StaticSelectElement
    return element(
        action_id=field.id,
        options=options(field.options),
        initial_option=chosen_option(field.options, field.chosen),
    )


def _some_of(field: ChecksField) -> InputInteractiveElement:
    """Return check boxes, or a menu when there are more options than Slack shows at once."""
    visible = len(field.options) <= _VISIBLE_OPTIONS
    element: Callable[..., InputInteractiveElement] = CheckboxesElement if visible else StaticMultiSelectElement
    chosen = [option for option in field.options[:_OPTIONS] if option.value in field.chosen]
    return element(action_id=field.id, options=options(field.options), initial_options=options(chosen) or None)


def _people(field: PeopleField) -> InputInteractiveElement:
    return UserMultiSelectElement(
        action_id=field.id,
        initial_users=list(field.chosen[: field.most]) or None,
        max_selected_items=field.most,
    )
