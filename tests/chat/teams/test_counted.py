from bot.chat.port import Submitted
from bot.chat.teams.counted import Counted
from tests.chat.slack.conftest import T0


def form(event_id: str, **values: str | tuple[str, ...]) -> Submitted:
    return Submitted(
        workspace="w1", person="p", event_id=event_id, at=T0, form="plan.make", subject="", values=values, trigger="p"
    )


def test_a_form_counts_as_it_was_sent_in() -> None:
    counted = Counted()
    counted.add(form("1", then="call Wim", days=("1", "3")))
    assert counted.has(form("1", days=("1", "3"), then="call Wim"))
    assert not counted.has(form("1", days=("1",), then="call Wim"))
    assert not counted.has(form("2", days=("1", "3"), then="call Wim"))


def test_no_word_of_a_form_is_kept_in_memory() -> None:
    counted = Counted()
    counted.add(form("1", then="call Wim"))
    assert "Wim" not in repr(vars(counted))


def test_only_the_latest_forms_are_remembered() -> None:
    counted = Counted()
    for number in range(1_001):
        counted.add(form(str(number)))
    assert (counted.has(form("0")), counted.has(form("1")), counted.has(form("1000"))) == (False, True, True)
