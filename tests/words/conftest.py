"""A small folder of prompts without a defect, to put one in."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.words.files.load import load
from bot.words.files.rules.lint import lint

JOURNEY = """\
name: {en: Small, nl: Klein}
about: {en: One sentence., nl: Eén zin.}
weeks: 2
items: [listen]
steps:
  - {week: 0, slot: join, kind: welcome, prompt: welcome/welcome}
  - {week: 1, slot: first, kind: nudge, item: listen}
  - {week: 1, slot: second, kind: follow_up, item: listen}
  - {week: 2, slot: first, kind: undone, item: listen}
  - {week: 2, slot: second, kind: reflection}
  - {week: 2, slot: first, kind: team_reflection}
"""
PHRASES = {
    "en": """\
-brand = Pitstop
hello = Hello { $name }, this is { -brand }.
done-button = Done
form-plan-title = Your plan
form-plan-submit = Save
consent-who = { -brand } reads along.
consent-zone = Your zone
scope-coach = Your coach reads
replies = { $count ->
    [one] One reply
   *[other] { $count } replies
}
""",
    "nl": """\
-brand = Pitstop
hello = Dag { $name }, dit is { -brand }.
done-button = Gedaan
form-plan-title = Je plan
form-plan-submit = Bewaar
consent-who = { -brand } leest mee.
consent-zone = Jouw tijdzone
scope-coach = Je coach leest mee
replies = { $count ->
    [one] Eén antwoord
   *[other] { $count } antwoorden
}
""",
}
FORBIDDEN = r"""
negations: {en: '\b(no|never|not)\b', nl: '\b(geen|nooit|niet)\b'}
encouragements: {en: '\bdo not hesitate\b', nl: '\baarzel niet\b'}
rules:
  - reason: nobody throws stones
    en: ['\bthrow\b.{0,20}\bstones?\b']
    nl: ['\bgooi\b.{0,20}\bsteen\b']
  - reason: never ask for the answer
    where: forgotten
    en: ['\bwhat did they say\b']
    nl: ['\bwat zeiden ze\b']
"""
WORDING = r"""
rules:
  - reason: say review
    en: ['\blook back\b']
  - reason: no image here
    where: phrases
    en: ['\bdoors?\b']
    nl: ['\bdeur\b']
  - reason: nobody knows when
    where: messages
    en: ['\btonight\b']
    nl: ['\bvanavond\b']
  - reason: no list of answers
    where: reminders
    en: ['\bdone or later\b']
    nl: ['\bgedaan of later\b']
"""


WHEN = ("when: [something]\n", "when: [nothing]\n")


def text(kind: str, about: str, en: str = "", nl: str = "", *, titled: bool = True) -> str:
    """One text file, its sentences unlike those of any other; the English body stands on line 5."""
    title_en, title_nl = (f"  title: On {about}\n", f"  title: Over {about}\n") if titled else ("", "")
    return (
        f"kind: {kind}\n"
        f"en:\n{title_en}  body: |\n    {en or f'A plain sentence about {about} alone.'}\n"
        f"nl:\n{title_nl}  body: |\n    {nl or f'Een gewone zin over alleen {about}.'}\n"
    )


def listed(field: str, kind: str, about: str, count: int, *, fits: str = "") -> str:
    """A list of texts under a field."""
    lines = [f"kind: {kind}", f"{field}:"]
    for number in range(1, count + 1):
        lines += [
            f"  - fits: {fits}" if fits else f"  - note: number {number}",
            f"    en: {{title: Way {number} {about}, body: A sentence about {about} number {number}.}}",
            f"    nl: {{title: Manier {number} {about}, body: Een zin over {about} nummer {number}.}}",
        ]
    return "\n".join(lines) + "\n"


def again(about: str, count: int) -> str:
    """Further wordings of a text, for when it comes to the same person once more."""
    lines = ["again:"]
    for number in range(1, count + 1):
        lines += [
            f"  - en: {{title: Once more {number} {about}, body: Said anew about {about} as number {number}.}}",
            f"    nl: {{title: Nog eens {number} {about}, body: Anders gezegd over {about} als nummer {number}.}}",
        ]
    return "\n".join(lines) + "\n"


def files() -> dict[str, str]:
    """Every file of the folder by its path."""
    item = "journeys/small/listen"
    simple = ("nudge", "not-for-me", "day-of", "follow-up", "undone", "check", "kit")
    questions = "".join(
        f"  - en: {{body: Which part of question {number} was it?}}\n"
        f"    nl: {{body: Welk deel van vraag {number} was het?}}\n"
        for number in range(1, 5)
    )
    examples = {"plan": ("if", "then"), "transfer": ("change", "owner")}
    return {
        "journeys/small/journey.yaml": JOURNEY,
        f"{item}/item.yaml": "keeps_words: false\n" + text("item", "the item"),
        **{f"{item}/{name}.yaml": text(name.replace("-", "_"), name) for name in simple},
        f"{item}/nudge.yaml": text("nudge", "nudge") + again("nudge", 2),
        f"{item}/day-of.yaml": text("day_of", "day-of") + again("day-of", 4),
        f"{item}/follow-up.yaml": text("follow_up", "follow-up") + "when: [open, returned]\n",
        f"{item}/alternatives.yaml": listed("alternatives", "alternatives", "another", 3, fits="no_time"),
        f"{item}/debrief.yaml": text("debrief", "the debrief") + f"questions:\n{questions}",
        **{
            f"{item}/{name}.yaml": (
                f"kind: {name}\n"
                f"en: {{title: The {name}, body: Say the {name} in one go., {one}: a {one}, {two}: a {two}}}\n"
                f"nl: {{title: Het {name}, body: Zeg het {name} in één keer., {one}: een {one}, {two}: een {two}}}\n"
            )
            for name, (one, two) in examples.items()
        },
        "journeys/small/welcome/welcome.yaml": text("welcome", "welcome"),
        **{
            f"journeys/small/reflections/{name}.yaml": listed("texts", kind, name, 1) + WHEN[name.endswith("quiet")]
            for kind, names in {
                "reflection": ("personal", "personal-quiet"),
                "team_reflection": ("team", "team-quiet"),
            }.items()
            for name in names
        },
        "phrases/en/main.ftl": PHRASES["en"],
        "phrases/nl/main.ftl": PHRASES["nl"],
        "forbidden.yaml": FORBIDDEN,
        "wording.yaml": WORDING,
    }


@dataclass(frozen=True)
class Folder:
    """Prompts on the disk, to be spoiled."""

    root: Path

    def write(self, path: str, content: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        content = self.read(path)
        assert old in content, f"{old!r} is not in {path}"
        self.write(path, content.replace(old, new, 1))

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def problems(self) -> list[str]:
        return [str(problem) for problem in lint(load(self.root))]


def written(root: Path) -> Folder:
    """Write a folder of prompts in which the linter finds nothing."""
    folder = Folder(root)
    for path, content in files().items():
        folder.write(path, content)
    return folder


@pytest.fixture
def prompts(tmp_path: Path) -> Folder:
    """A folder of prompts in which the linter finds nothing."""
    return written(tmp_path / "prompts")
