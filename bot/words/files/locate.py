"""Where the prompts are."""

from pathlib import Path

from bot.words.files.problem import WordsError

_PACKAGE = Path(__file__).resolve().parents[2]


class NoPromptsError(WordsError):
    """There is no folder with prompts where one should be."""


def prompts_folder(explicit: Path | None = None, *, package: Path = _PACKAGE) -> Path:
    """Return the folder asked for, else the checkout's beside the package, else the one inside the wheel."""
    places = (explicit,) if explicit else (package.parent / "prompts", package / "prompts")
    for place in places:
        if (place / "journeys").is_dir() and (place / "phrases").is_dir():
            return place
    looked = " or ".join(str(place) for place in places)
    raise NoPromptsError(f"no folder with journeys/ and phrases/ at {looked}")
