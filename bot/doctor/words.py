"""The words: what is wrong with them, and what people walk that they do not hold any more."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.coaching.journey import Journey
from bot.doctor.finding import Finding, attention, bad, good
from bot.store.open import UnderWay
from bot.words.files.journeys import ROTATING, STEP_KINDS

Journeys = Mapping[str, Journey]
_PUT_BACK = "Put it back under its old name, or let it stand until the last of them is through."


def words(problems: Collection[str]) -> Finding:
    """Return what there is to say of the files, by the errors with which nothing starts."""
    if not problems:
        return good("words", "Pitstop can start with them; python -m bot check looks closer.")
    first = min(problems)
    return bad("words", f"{len(problems)} errors; the first: {first}", "Run python -m bot check, and mend them.")


def walked(under_way: Iterable[UnderWay], today: Journeys, kept: Journeys) -> Iterator[Finding]:
    """Yield what people walk and the words lack: held by what was kept from before, or by nothing."""
    rows = tuple(under_way)
    still = dict.fromkeys(_missing(rows, kept))
    for what in dict.fromkeys(_missing(rows, today)):
        told = f"People walk {what}, which is not in the words any more"
        if what in still:
            yield bad("journeys", f"{told}: what is about it cannot be sent or answered.", _PUT_BACK)
        else:
            yield attention("journeys", f"{told}. They go on with its last good text.", _PUT_BACK)


def _missing(rows: Iterable[UnderWay], journeys: Journeys) -> Iterator[str]:
    for row in rows:
        journey = journeys.get(row.journey)
        if journey is None:
            yield f"the journey “{row.journey}”"
        elif row.item is not None and row.item not in journey.items:
            yield f"“{row.item}” of the journey “{row.journey}”"
        elif row.kind in STEP_KINDS and row.prompt not in {*journey.texts, *ROTATING.values()}:
            yield f"the text “{row.prompt}” of the journey “{row.journey}”"
