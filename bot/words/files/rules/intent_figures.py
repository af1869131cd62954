"""How well the rules of intents do on labelled sentences: precision and recall by language, half, intent and tier.

Each sentence is read as typed by somebody of its language: its own rules first, then those of the other language.
*Precision* is the share of what a tier found that asks for exactly that; *recall* is the share of the sentences that
ask for something which either tier found. Nothing found has no precision.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.coaching.intents import Intent, Rules, Tier, meaning_of
from bot.coaching.language import Language
from bot.words.files.intents import HALVES, Labelled, read_intents, read_labelled, spoken_first
from bot.words.files.problem import Problem

ALL = "all"
ACTS_AT_LEAST, OFFERS_AT_LEAST = 1.0, 0.9  # precision, in each half of each language


@dataclass(frozen=True, kw_only=True)
class Row:
    """The figures of one intent, or of all, in one half of one language."""

    language: str
    half: str
    intent: str
    sentences: int  # that ask for it
    acts: int  # found by the act tier
    acts_right: int
    offers: int  # found by the offer tier
    offers_right: int
    offers_of_nothing: int  # found in sentences that ask for nothing

    @property
    def recall(self) -> float:
        """Share of the sentences that were found, by either tier."""
        return (self.acts_right + self.offers_right) / self.sentences if self.sentences else 1.0

    @property
    def acts_precision(self) -> float | None:
        """Share of what the act tier found that is right."""
        return self.acts_right / self.acts if self.acts else None

    @property
    def offers_precision(self) -> float | None:
        """Share of what the offer tier found that is right."""
        return self.offers_right / self.offers if self.offers else None

    def as_fields(self) -> dict[str, Any]:
        """Return the row with what follows from it."""
        worked_out = {
            "acts_precision": self.acts_precision,
            "offers_precision": self.offers_precision,
            "recall": self.recall,
        }
        return asdict(self) | {name: None if it is None else round(it, 3) for name, it in worked_out.items()}


def figures(root: Path, problems: list[Problem]) -> tuple[Row, ...]:
    """Measure the rules of a folder of prompts; what cannot be read is among the problems."""
    rules, labelled = read_intents(root, problems), read_labelled(root, problems)
    return tuple(
        row
        for language in Language
        for half in HALVES
        for row in _of_half(language, half, labelled[language, half], spoken_first(rules, language))
    )


def _of_half(language: Language, half: str, labelled: Sequence[Labelled], rules: Sequence[Rules]) -> Iterator[Row]:
    read = [(each.intent, meaning_of(each.text, rules)) for each in labelled]
    for wanted in (*Intent, None):
        found = [
            (intent, meaning) for intent, meaning in read if meaning is not None and wanted in (None, meaning.intent)
        ]
        acts = [intent == meaning.intent for intent, meaning in found if meaning.tier is Tier.ACT]
        offers = [intent == meaning.intent for intent, meaning in found if meaning.tier is Tier.OFFER]
        yield Row(
            language=language,
            half=half,
            intent=wanted or ALL,
            sentences=sum(intent is not None and wanted in (None, intent) for intent, _ in read),
            acts=len(acts),
            acts_right=sum(acts),
            offers=len(offers),
            offers_right=sum(offers),
            offers_of_nothing=sum(intent is None and meaning.tier is Tier.OFFER for intent, meaning in found),
        )


def below(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return where the rules are less precise than they have to be."""
    missed = []
    for row in (each for each in rows if each.intent == ALL):
        where = f"{row.language}, {row.half}"
        if row.acts_precision is not None and row.acts_precision < ACTS_AT_LEAST:
            missed.append(f"{where}: the bot acts wrongly, precision {row.acts_precision:.2f}")
        if row.offers_precision is not None and row.offers_precision < OFFERS_AT_LEAST:
            missed.append(f"{where}: the bot offers wrongly, precision {row.offers_precision:.2f}")
    return tuple(missed)


def table(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the figures as they are printed, the titles first."""
    yield ("language", "half", "intent", "sentences", "acts", "offers", "of nothing", "recall")
    for row in rows:
        yield (
            row.language,
            row.half,
            row.intent,
            str(row.sentences),
            _share(row.acts_right, row.acts),
            _share(row.offers_right, row.offers),
            str(row.offers_of_nothing),
            f"{row.recall:.2f}",
        )


def _share(right: int, found: int) -> str:
    return f"{right}/{found}" if found else "–"
