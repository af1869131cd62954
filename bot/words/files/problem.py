"""What is wrong with the words, and where."""

from dataclasses import dataclass


class WordsError(Exception):
    """Base of what can go wrong with words."""


@dataclass(frozen=True, order=True)
class Problem:
    """One defect in a file that an author can go to."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Return "file:line reason", the form editors turn into a link."""
        return f"{self.file}:{self.line} {self.reason}"


class BrokenWordsError(WordsError):
    """The files cannot be used; carries every problem."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems and show them one on a line."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
