from bot.chat.port import Submitted
from bot.chat.teams.incoming.recent_forms import print_of
from tests.chat.slack.conftest import T0


def form(event_id: str, **values: str | tuple[str, ...]) -> Submitted:
    return Submitted(
        workspace="w1", person="p", event_id=event_id, at=T0, form="plan.make", subject="", values=values, trigger="p"
    )


def test_a_form_has_one_print_however_its_fields_are_ordered() -> None:
    once = print_of(form("1", then="call Wim", days=("1", "3")))
    assert print_of(form("1", days=("1", "3"), then="call Wim")) == once
    assert print_of(form("1", days=("1",), then="call Wim")) != once
    assert print_of(form("2", days=("1", "3"), then="call Wim")) != once
    assert "Wim" not in once
