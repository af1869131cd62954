"""The words that are in use: the shipped ones with one's own over them."""

from pathlib import Path

from bot.commands.environment import environment
from bot.settings import Settings
from bot.store.open import file_of
from bot.words.files.layers.kept import completed, kept_beside
from bot.words.files.layers.overlay import laid
from bot.words.files.load import Sources, load
from bot.words.files.locate import prompts_folder


def own_prompts() -> Path | None:
    """Return the folder of one's own words, whatever else is configured; None where there is none."""
    named = environment().get("PITSTOP_PROMPTS", "").strip()
    return Path(named) if named else None


def sources(folder: Path | None = None) -> Sources:
    """Return the words that are in use, or those of a folder that is named; raises WordsError."""
    with laid(prompts_folder(folder), None if folder else own_prompts()) as root:
        return load(root)


def items(how: Settings) -> list[str]:
    """Return the slug of every item that people walk or walked."""
    today = {each.slug: each.journey for each in sources().journeys if each.journey}
    journeys = completed(today, *kept_beside(file_of(how.database_url)).journeys())
    return sorted({slug for journey in journeys.values() for slug in journey.items})
