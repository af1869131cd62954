"""What authors are told about their words: `python -m bot.words.files.rules.lint [folder]`."""

import sys
from pathlib import Path

from bot.words.files.load import Sources, load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import Problem, WordsError
from bot.words.files.rules.journey_rules import journey_problems, repeats_between, unsayable_texts
from bot.words.files.rules.phrase_rules import phrase_problems, unsayable_phrases


def lint(sources: Sources) -> tuple[Problem, ...]:
    """Return everything that is wrong, by file and line."""
    journeys = (problem for journey in sources.journeys for problem in journey_problems(journey, sources))
    return tuple(sorted({*sources.problems, *phrase_problems(sources), *journeys, *repeats_between(sources)}))


def unusable(sources: Sources) -> tuple[Problem, ...]:
    """Return only what would fail on a person's screen; the rest of lint is for the author to better."""
    entries = (entry for journey in sources.journeys for entry in journey.entries)
    texts = (problem for entry in entries for problem in unsayable_texts(entry, sources))
    return tuple(sorted({*sources.problems, *unsayable_phrases(sources), *texts}))


def main(arguments: list[str]) -> int:
    """Print file, line and reason of every problem; return 1 when there is one and 2 without prompts."""
    try:
        folder = prompts_folder(Path(arguments[0]) if arguments else None)
    except WordsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    problems = lint(load(folder))
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
