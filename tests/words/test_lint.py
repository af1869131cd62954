"""Each defect an author can make, and what the linter says of it."""

import re
from pathlib import Path

import pytest

from bot.words.files.load import load
from bot.words.files.rules.lint import main, unusable
from tests.words.conftest import Folder

SMALL = "journeys/small"
ITEM = f"{SMALL}/listen"
MAIN = "phrases/en/main.ftl"
HOLLAND = "phrases/nl/main.ftl"


def test_nothing_is_wrong_with_the_small_folder(prompts: Folder) -> None:
    assert prompts.problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        # a side missing
        (f"{ITEM}/nudge.yaml", "  title: Over nudge\n", "", f"{ITEM}/nudge.yaml:7 “title” is missing"),
        (f"{ITEM}/nudge.yaml", "nl:", "note:", f"{ITEM}/nudge.yaml:1 “nl” is missing"),
        (
            f"{ITEM}/nudge.yaml",
            "  title: On",
            "  short: Few.\n  title: On",
            f"{ITEM}/nudge.yaml:8 “short” is missing",
        ),
        (f"{ITEM}/plan.yaml", ", then: a then}\nnl", "}\nnl", f"{ITEM}/plan.yaml:2 “then” is missing"),
        (f"{SMALL}/journey.yaml", ", nl: Klein", "", f"{SMALL}/journey.yaml:1 “nl” is missing"),
        (HOLLAND, "done-button = Gedaan\n", "", f"{MAIN}:3 “done-button” is missing in nl"),
        (MAIN, "done-button = Done\n", "", f"{HOLLAND}:3 “done-button” is missing in en"),
        # states
        (
            f"{ITEM}/follow-up.yaml",
            "[open, returned]",
            "[open]",
            f"{ITEM}/follow-up.yaml:1 no text for the state “returned”: `when:` says in which it is true",
        ),
        (
            f"{ITEM}/follow-up.yaml",
            "[open, returned]",
            "[open, returned, rested]",
            f"{ITEM}/follow-up.yaml:1 unknown state “rested”; known are open, returned",
        ),
        (
            f"{ITEM}/check.yaml",
            "kind: check",
            "kind: check\nwhen: [open]",
            f"{ITEM}/check.yaml:1 unknown state “open”; known are none",
        ),
        (
            f"{SMALL}/reflections/personal-quiet.yaml",
            "when: [nothing]",
            "note: of a quiet week",
            f"{SMALL}/reflections/personal-quiet.yaml:1 no text for the state “nothing”: `when:` says",
        ),
        # placeholders
        (
            f"{ITEM}/nudge.yaml",
            "    A plain sentence",
            "    A plain sentence\n    of { $name }",
            f"{ITEM}/nudge.yaml:6 unknown placeholder {{ $name }}; there is only {{ $week }}",
        ),
        (
            f"{ITEM}/nudge.yaml",
            "A plain sentence",
            "In week { $week }, a plain sentence",
            f"{ITEM}/nudge.yaml:9 the body lacks {{ $week }}, which it has in en",
        ),
        (HOLLAND, "{ $name }", "jij", f"{HOLLAND}:2 “hello” lacks {{ $name }}, which it has in en"),
        (MAIN, "this is { -brand }", "this is { -brnd }", f"{MAIN}:2 unknown term “-brnd”"),
        (MAIN, "this is { -brand }", "this is { brand }", f"{MAIN}:2 unknown phrase “brand”"),
        (MAIN, "this is { -brand }", "it is { TIME($name) }", f"{MAIN}:2 unknown function TIME()"),
        # Fluent
        (MAIN, "= Done", "= { $done", f'{MAIN}:4 not Fluent: Expected token: "}}"'),
        (MAIN, "done-button = Done", "done-button Done", f'{MAIN}:3 not Fluent: Expected token: "="'),
        (MAIN, "done-button = Done", "hello = Again", f"{MAIN}:3 “hello” is already at prompts/{MAIN}:2"),
        (MAIN, "done-button = Done", "done-button =\n .a = Done", f"{MAIN}:3 “done-button” says nothing"),
        (f"{ITEM}/nudge.yaml", "plain", "{ plain", f'{ITEM}/nudge.yaml:5 not Fluent: Expected token: "}}"'),
        # sizes
        (
            f"{ITEM}/nudge.yaml",
            "A plain sentence about nudge alone.",
            "word " * 59,
            f"{ITEM}/nudge.yaml:5 61 words with its title; at most 60",
        ),
        (
            f"{ITEM}/nudge.yaml",
            "A plain sentence about nudge alone.",
            "{ $week ->\n        [one] few\n       *[other] " + "word " * 60 + "\n    }",
            f"{ITEM}/nudge.yaml:5 62 words with its title; at most 60",
        ),
        (
            f"{ITEM}/alternatives.yaml",
            "A sentence about another number 2.",
            "word " * 48,
            f"{ITEM}/alternatives.yaml:7 51 words with its title; at most 50",
        ),
        *(
            (
                f"{ITEM}/{name}.yaml",
                f"A plain sentence about {name} alone.",
                "word " * 49,
                f"{ITEM}/{name}.yaml:5 51 words with its title; at most 50",
            )
            for name in ("not-for-me", "day-of", "follow-up", "check")
        ),
        (
            f"{SMALL}/reflections/personal.yaml",
            "A sentence about personal number 1.",
            "word " * 48,
            f"{SMALL}/reflections/personal.yaml:4 51 words with its title; at most 50",
        ),
        (
            f"{SMALL}/welcome/welcome.yaml",
            "A plain sentence about welcome alone.",
            "word " * 89,
            f"{SMALL}/welcome/welcome.yaml:5 91 words with its title; at most 90",
        ),
        (f"{ITEM}/check.yaml", "On check", "a " * 9, f"{ITEM}/check.yaml:3 a title of 9 words; at most 8"),
        (f"{ITEM}/check.yaml", "check alone.", "check 🎉 alone :tada:", f"{ITEM}/check.yaml:5 more than 1 emoji"),
        (
            f"{ITEM}/nudge.yaml",
            "On nudge",
            "x" * 61,
            f"{ITEM}/nudge.yaml:3 a title of 61 characters; at most 60",
        ),
        (
            f"{ITEM}/kit.yaml",
            "A plain",
            "x" * 6000,
            f"{ITEM}/kit.yaml:5 a body of 6026 characters; at most 6000",
        ),
        (
            f"{SMALL}/welcome/welcome.yaml",
            "A plain",
            "x" * 3000,
            f"{SMALL}/welcome/welcome.yaml:5 a body of 3030 characters; at most 3000",
        ),
        (MAIN, "= Done", "= " + "x" * 76, f"{MAIN}:3 “done-button” has 76 characters, over 75"),
        (MAIN, "= Your plan", "= " + "x" * 25, f"{MAIN}:4 “form-plan-title” has 25 characters, over 24"),
        (MAIN, "= Save", "= " + "x" * 25, f"{MAIN}:5 “form-plan-submit” has 25 characters, over 24"),
        # one ask
        (
            f"{ITEM}/nudge.yaml",
            "alone.",
            "alone? Or not?",
            f"{ITEM}/nudge.yaml:5 more than one question: ask for one thing",
        ),
        *(
            (
                f"{ITEM}/{name}.yaml",
                "alone.",
                "alone? Or not?",
                f"{ITEM}/{name}.yaml:5 more than one question: ask for one thing",
            )
            for name in ("follow-up", "undone")
        ),
        *(
            (f"{ITEM}/{name}.yaml", "alone.", "done or later.", f"{ITEM}/{name}.yaml:5 no list of answers")
            for name in ("follow-up", "undone")
        ),
        # wordings of what comes once more
        (
            f"{ITEM}/nudge.yaml",
            "  - en: {title: Once more 2 nudge, body: Said anew about nudge as number 2.}\n"
            "    nl: {title: Nog eens 2 nudge, body: Anders gezegd over nudge als nummer 2.}\n",
            "",
            f"{ITEM}/nudge.yaml:1 2 of 3 wordings: `again:` lists the further ones",
        ),
        (
            f"{ITEM}/day-of.yaml",
            "  - en: {title: Once more 4 day-of, body: Said anew about day-of as number 4.}\n"
            "    nl: {title: Nog eens 4 day-of, body: Anders gezegd over day-of als nummer 4.}\n",
            "",
            f"{ITEM}/day-of.yaml:1 4 of 5 wordings: `again:` lists the further ones",
        ),
        (
            f"{ITEM}/nudge.yaml",
            "Said anew about nudge as number 2.",
            "A plain sentence about nudge alone.",
            f"{ITEM}/nudge.yaml:13 “A plain sentence about nudge alone.” is already at prompts/{ITEM}/nudge.yaml:5",
        ),
        (f"{ITEM}/check.yaml", "nl:", "again: []\nnl:", f"{ITEM}/check.yaml:6 unknown field “again”"),
        # an owner is a role
        (
            f"{ITEM}/transfer.yaml",
            "owner: a owner}\nnl",
            "owner: 'me, later Sandra'}\nnl",
            f"{ITEM}/transfer.yaml:2 “Sandra” looks like a name: an owner is a role",
        ),
        # what nobody can know
        (f"{ITEM}/check.yaml", "alone.", "tonight.", f"{ITEM}/check.yaml:5 nobody knows when"),
        (f"{ITEM}/check.yaml", "alleen check.", "vanavond.", f"{ITEM}/check.yaml:9 nobody knows when"),
        # Markdown that is not ours
        (
            f"{ITEM}/nudge.yaml",
            "alone.\n",
            "alone.\n\n    # Head\n",
            f"{ITEM}/nudge.yaml:7 a heading: only a kit has headings",
        ),
        (
            f"{ITEM}/check.yaml",
            "plain",
            "<b>plain</b>",
            f"{ITEM}/check.yaml:5 HTML: Markdown here is paragraphs, bold, italic, lists and links",
        ),
        # the same sentence twice
        (
            f"{ITEM}/nudge.yaml",
            "A plain sentence about nudge alone.",
            "New here.\n    A plain sentence **about** check alone!",
            f"{ITEM}/check.yaml:5 “A plain sentence about check alone.” is already at prompts/{ITEM}/nudge.yaml:6",
        ),
        # journeys
        (
            f"{ITEM}/alternatives.yaml",
            "  - fits: no_time\n    en: {title: Way 3 another, body: A sentence about another number 3.}\n"
            "    nl: {title: Manier 3 another, body: Een zin over another nummer 3.}\n",
            "",
            f"{ITEM}/alternatives.yaml:1 2 alternatives for listen; at least 3",
        ),
        (
            f"{ITEM}/alternatives.yaml",
            "fits: no_time",
            "fits: no_patience",
            f"{ITEM}/alternatives.yaml:3 “no_patience” is not one of "
            "no_partner, no_car, no_money, no_time, remote, no_travel",
        ),
        (
            f"{ITEM}/debrief.yaml",
            "  - en: {body: Which part of question 4 was it?}\n    nl: {body: Welk deel van vraag 4 was het?}\n",
            "",
            f"{ITEM}/debrief.yaml:1 3 questions; a debrief has 4",
        ),
        (
            f"{SMALL}/journey.yaml",
            "kind: welcome",
            "kind: hello",
            f"{SMALL}/journey.yaml:6 “hello” is not one of welcome, pulse, nudge, follow_up, undone, "
            "reflection, keep, closing, booster, team_reflection, team_closing",
        ),
        (
            f"{SMALL}/journey.yaml",
            "welcome/welcome}",
            "welcome/hi}",
            f"{SMALL}/journey.yaml:6 unknown prompt “welcome/hi”",
        ),
        (
            f"{SMALL}/journey.yaml",
            ", prompt: welcome/welcome}",
            "}",
            f"{SMALL}/journey.yaml:6 “prompt” is missing",
        ),
        (
            f"{SMALL}/journey.yaml",
            "kind: nudge, item: listen",
            "kind: nudge, item: hear",
            f"{SMALL}/journey.yaml:7 unknown item “hear”",
        ),
        (
            f"{SMALL}/journey.yaml",
            "kind: nudge, item: listen",
            "kind: nudge, prompt: listen/nudge",
            f"{SMALL}/journey.yaml:7 a nudge step needs an item",
        ),
        (
            f"{SMALL}/journey.yaml",
            "items: [listen]",
            "items: [listen, talk]",
            f"{SMALL}/journey.yaml:4 there is no folder “talk”",
        ),
        (
            f"{SMALL}/journey.yaml",
            "items: [listen]",
            "items: [listen, ../small]",
            f"{SMALL}/journey.yaml:4 there is no folder “../small”",
        ),
        (
            f"{SMALL}/journey.yaml",
            "week: 0, slot: join",
            "week: 1, slot: join",
            f"{SMALL}/journey.yaml:6 week 0 is for slot join, and slot join for week 0",
        ),
        (
            f"{SMALL}/journey.yaml",
            "week: 2, slot: second, kind: reflection",
            "week: two, slot: second, kind: reflection",
            f"{SMALL}/journey.yaml:10 “two” is not a number",
        ),
        (
            f"{SMALL}/journey.yaml",
            "  - {week: 2, slot: first, kind: team_reflection}\n",
            "  - {week: 2, slot: first, kind: team_reflection}\n" * 2,
            f"{SMALL}/journey.yaml:12 the same step is already at line 11",
        ),
        (
            f"{SMALL}/welcome/welcome.yaml",
            "kind: welcome",
            "kind: keep",
            f"{SMALL}/journey.yaml:6 the kind is welcome, but welcome/welcome.yaml says keep",
        ),
        (f"{ITEM}/check.yaml", "kind: check", "kind: nudge", f"{ITEM}/check.yaml:1 “nudge” is not one of check"),
        (
            f"{SMALL}/journey.yaml",
            "  - {week: 2, slot: first, kind: team_reflection}",
            "  - {week: 2, slot: first, kind: team_reflection}\n  - {week: 3, slot: first, kind: team_reflection}",
            f"{SMALL}/reflections/team.yaml:1 1 texts for 2 team_reflection steps: one would come twice",
        ),
        # YAML
        (f"{ITEM}/nudge.yaml", "  title: On", "  titel: On", f"{ITEM}/nudge.yaml:3 unknown field “titel”; known are"),
        (f"{ITEM}/nudge.yaml", "  body: |\n", "  title: x\n", f"{ITEM}/nudge.yaml:4 “title” stands here twice"),
        (f"{ITEM}/nudge.yaml", "kind: nudge", "kind: [nudge", f"{ITEM}/nudge.yaml:2 not YAML: "),
        (f"{ITEM}/nudge.yaml", "kind: nudge", "kind: nudge\x07", f"{ITEM}/nudge.yaml:1 not YAML: "),
        (f"{ITEM}/nudge.yaml", "On nudge", "[On, nudge]", f"{ITEM}/nudge.yaml:3 expected text"),
        (f"{ITEM}/nudge.yaml", "On nudge", '""', f"{ITEM}/nudge.yaml:3 expected text"),
        (f"{SMALL}/journey.yaml", "items: [listen]", "items: listen", f"{SMALL}/journey.yaml:4 expected a list"),
        (
            f"{SMALL}/journey.yaml",
            "name: {en: Small, nl: Klein}",
            "name: Small",
            f"{SMALL}/journey.yaml:1 expected the fields en, nl",
        ),
        (
            f"{SMALL}/journey.yaml",
            "name: {en: Small, nl: Klein}",
            "name: &name {en: Small, nl: *name}",
            f"{SMALL}/journey.yaml:1 nested too deep",
        ),
        # forbidden advice
        (
            f"{ITEM}/nudge.yaml",
            "alone.",
            "alone.\n    Now throw some **stones**.",
            f"{ITEM}/nudge.yaml:6 nobody throws stones",
        ),
        (
            f"{ITEM}/nudge.yaml",
            "alone.",
            "alone.\n    Do not hesitate to throw a stone.",
            f"{ITEM}/nudge.yaml:6 nobody throws stones",
        ),
        (f"{ITEM}/kit.yaml", "alleen kit.", "kit. Gooi een steen.", f"{ITEM}/kit.yaml:9 nobody throws stones"),
        (MAIN, "= Done", "= Throw a stone", f"{MAIN}:3 nobody throws stones"),
        (
            f"{ITEM}/debrief.yaml",
            "Which part of question 2 was it?",
            "And what did they say?",
            f"{ITEM}/debrief.yaml:13 never ask for the answer",
        ),
        # how nothing is said
        (f"{ITEM}/nudge.yaml", "alone.", "alone. No look back.", f"{ITEM}/nudge.yaml:5 say review"),
        (
            f"{SMALL}/reflections/team.yaml",
            "number 1.}",
            "one look back.}",
            f"{SMALL}/reflections/team.yaml:4 say review",
        ),
        (MAIN, "= Done", "= A look back", f"{MAIN}:3 say review"),
        (MAIN, "= Done", "= By the door", f"{MAIN}:3 no image here"),
        (HOLLAND, "= Gedaan", "= Bij de deur", f"{HOLLAND}:3 no image here"),
        (
            "wording.yaml",
            "where: phrases",
            "where: here",
            "wording.yaml:6 “here” is not one of forgotten, phrases, messages, reminders",
        ),
        (
            "forbidden.yaml",
            r"['\bthrow\b.{0,20}\bstones?\b']",
            "['(stones']",
            "forbidden.yaml:6 not a pattern: missing ), unterminated subpattern",
        ),
        ("forbidden.yaml", "rules:", "rulez:", "forbidden.yaml:4 unknown field “rulez”"),
        ("forbidden.yaml", "rules:", "rules: [", "forbidden.yaml:5 not YAML: "),
    ],
)
def test_a_defect_is_told_with_file_line_and_reason(
    prompts: Folder, file: str, old: str, new: str, problem: str
) -> None:
    prompts.replace(file, old, new)
    assert any(line.startswith(f"prompts/{problem}") for line in prompts.problems()), prompts.problems()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{ITEM}/nudge.yaml", "alone.", "alone. Never throw a stone."),
        (f"{ITEM}/nudge.yaml", "alone.", "alone. Throw a stone? Not today."),
        (f"{ITEM}/nudge.yaml", "alone.", "alone. **Take** your time."),
        (f"{ITEM}/kit.yaml", "A plain", "### Heading\n\n    A plain"),
        (f"{ITEM}/nudge.yaml", "alone.", "alone by the door."),
        (f"{ITEM}/kit.yaml", "alone.", "tonight."),
        (f"{ITEM}/check.yaml", "alone.", "done or later."),
        (f"{ITEM}/transfer.yaml", "owner: a owner}\nnl", "owner: 'The IT desk, and I until then; the CIO''s PA'}\nnl"),
        (f"{ITEM}/kit.yaml", "A plain", "word " * 61 + "A plain"),
        (f"{SMALL}/welcome/welcome.yaml", "alone.", "alone. What did they say to it at the time?"),
        (f"{ITEM}/item.yaml", "keeps_words: false", "keeps_words: true"),
    ],
)
def test_what_is_fine_is_left_alone(prompts: Folder, file: str, old: str, new: str) -> None:
    prompts.replace(file, old, new)
    problems = [line for line in prompts.problems() if "Throw" not in new]
    assert problems == []


def test_a_short_sentence_may_come_twice(prompts: Folder) -> None:
    for name in ("nudge", "check"):
        prompts.replace(f"{ITEM}/{name}.yaml", "alone.", "alone. Take your time.")
    assert prompts.problems() == []


@pytest.mark.parametrize("name", ["nudge", "alternatives", "debrief", "transfer", "item"])
def test_a_missing_file_is_named(prompts: Folder, name: str) -> None:
    prompts.remove(f"{ITEM}/{name}.yaml")
    assert f"prompts/{ITEM}/{name}.yaml:1 this file is missing" in prompts.problems()


@pytest.mark.parametrize("content", ["", "\n# nothing\n", "- a\n- list\n"])
def test_a_file_without_fields_is_refused(prompts: Folder, content: str) -> None:
    prompts.write(f"{ITEM}/nudge.yaml", content)
    assert any(f"{ITEM}/nudge.yaml:1 " in line for line in prompts.problems())


def test_bytes_that_are_no_text_are_refused(prompts: Folder) -> None:
    for file in (f"{ITEM}/nudge.yaml", MAIN):
        (prompts.root / file).write_bytes(b"\xff\xfe\x00")
        assert any(f"{file}:1 cannot be read" in line for line in prompts.problems())


def test_a_text_no_step_uses_is_told(prompts: Folder) -> None:
    prompts.write(f"{SMALL}/boosters/week-16.yaml", prompts.read(f"{SMALL}/welcome/welcome.yaml"))
    assert f"prompts/{SMALL}/boosters/week-16.yaml:1 no step uses this text" in prompts.problems()


def test_reflections_without_their_step_are_told_once_a_file(prompts: Folder) -> None:
    prompts.replace(f"{SMALL}/journey.yaml", "  - {week: 2, slot: second, kind: reflection}\n", "")
    assert [line.split(" ", 1)[0] for line in prompts.problems()] == [
        f"prompts/{SMALL}/reflections/personal-quiet.yaml:3",
        f"prompts/{SMALL}/reflections/personal.yaml:3",
    ]


def test_a_booster_is_brief_too(prompts: Folder) -> None:
    booster = prompts.read(f"{SMALL}/welcome/welcome.yaml").replace("welcome", "booster")
    prompts.write(f"{SMALL}/boosters/week-16.yaml", booster.replace("A plain", "word " * 50))
    step = "  - {week: 16, slot: first, kind: booster, prompt: boosters/week-16}\n"
    prompts.write(f"{SMALL}/journey.yaml", prompts.read(f"{SMALL}/journey.yaml") + step)
    assert [line.partition(" ")[2] for line in prompts.problems()] == ["56 words with its title; at most 50"]


def test_another_journey_says_nothing_that_one_says(prompts: Folder) -> None:
    for place in sorted((prompts.root / SMALL).rglob("*.yaml")):
        path = place.relative_to(prompts.root).as_posix()
        new = prompts.read(path).replace("lain sentence", "lain line").replace("gewone zin", "gewone regel")
        prompts.write(path.replace(SMALL, "journeys/tiny"), new)
    told = {line.partition(" ")[0] for line in prompts.problems() if "is already at" in line}
    assert "prompts/journeys/tiny/reflections/team.yaml:4" in told
    assert not any("check.yaml" in line for line in told)
    assert all("journeys/tiny" in line for line in told)


def test_a_journey_without_steps_or_a_folder_without_journeys_is_refused(prompts: Folder) -> None:
    prompts.write(f"{SMALL}/journey.yaml", "name: {en: a, nl: b}\nabout: {en: a, nl: b}\nweeks: 1\nsteps: []\n")
    assert f"prompts/{SMALL}/journey.yaml:1 there is no step" in prompts.problems()
    (prompts.root / "journeys/small").rename(prompts.root / "elsewhere")
    assert prompts.problems() == ["prompts/journeys:1 there is no journey"]


def test_a_folder_without_its_journey_file_is_told(prompts: Folder) -> None:
    (prompts.root / "journeys/new").mkdir()
    assert "prompts/journeys/new/journey.yaml:1 this file is missing" in prompts.problems()


def test_a_language_without_phrases_is_refused(prompts: Folder) -> None:
    prompts.remove(HOLLAND)
    assert "prompts/phrases/nl:1 there are no phrases" in prompts.problems()


def test_without_a_list_nothing_is_forbidden(prompts: Folder) -> None:
    prompts.remove("forbidden.yaml")
    prompts.replace(f"{ITEM}/nudge.yaml", "alone.", "alone. Now throw some stones.")
    assert prompts.problems() == []


def test_a_phrase_inside_itself_does_not_hang_the_linter(prompts: Folder) -> None:
    prompts.replace(MAIN, "= Done", "= { done-button }!")
    assert prompts.problems() == []


def test_only_what_would_fail_on_a_screen_makes_words_unusable(prompts: Folder) -> None:
    prompts.replace(f"{ITEM}/nudge.yaml", "alone.", "alone? Or not?")
    assert unusable(load(prompts.root)) == ()
    prompts.replace(HOLLAND, "done-button = Gedaan\n", "")
    assert [problem.reason for problem in unusable(load(prompts.root))] == ["“done-button” is missing in nl"]


def test_the_command_prints_lines_and_fails(prompts: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(prompts.root)]) == 0
    assert capsys.readouterr().out == ""
    prompts.replace(MAIN, "= Done", "= " + "x" * 76)
    assert main([str(prompts.root)]) == 1
    assert capsys.readouterr().out == f"prompts/{MAIN}:3 “done-button” has 76 characters, over 75\n"


def test_the_command_says_where_it_looked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert re.search("no folder with journeys/ and phrases/ at .*", capsys.readouterr().err)
