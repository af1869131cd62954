"""What typed words ask for: the matcher, the rules' defects, and how well the rules do on the labelled sentences."""

import itertools
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.coaching.intents import ACTED_ON, Intent, Meaning, Rules, Tier, meaning_of, plain
from bot.coaching.language import Language
from bot.words.files.intents import read_intents, read_labelled, spoken_first
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import Problem
from bot.words.files.rules.intent_figures import ALL, Row, below, figures

EN, NL = Language.EN, Language.NL
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "intents.md"


@pytest.fixture(scope="module")
def rules() -> dict[Language, tuple[Rules, ...]]:
    problems: list[Problem] = []
    read = read_intents(prompts_folder(), problems)
    assert problems == []
    return {language: spoken_first(read, language) for language in Language}


@pytest.fixture(scope="module")
def measured() -> tuple[Row, ...]:
    problems: list[Problem] = []
    rows = figures(prompts_folder(), problems)
    assert problems == []
    return rows


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Stop!!", "stop"),
        ("  DON’T   stop… 🙂", "dont stop"),
        ("oké, ’t is goed", "oke t is goed"),
        ("🙏", "🙏"),
        ("👍🏽 \ufe0f", "👍"),  # whatever the color of the skin
        ("?!", "?!"),
        ("", ""),
    ],
)
def test_capitals_punctuation_apostrophes_and_emoji_do_not_count(typed: str, read: str) -> None:
    assert plain(typed) == read


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        # the act tier: whole messages from the list, in either language
        (EN, "Stop.", (Intent.STOP, Tier.ACT)),
        (EN, "hou op", (Intent.STOP, Tier.ACT)),
        (NL, "STOP 🛑", (Intent.STOP, Tier.ACT)),
        (NL, "Wat moet ik nu doen?", (Intent.WHAT_NOW, Tier.ACT)),
        (EN, "thank you", (Intent.THANKS, Tier.ACT)),
        # the offer tier
        (NL, "hou op met die berichten", (Intent.STOP, Tier.OFFER)),
        (NL, "laat me met rust", (Intent.STOP, Tier.OFFER)),
        (NL, "Kan ik mijn coach even spreken?", (Intent.COACH, Tier.OFFER)),
        (NL, "niet nu", (Intent.NOT_NOW, Tier.OFFER)),
        (NL, "gelukt", (Intent.DONE, Tier.OFFER)),
        (NL, "niet gelukt", (Intent.NOT_DONE, Tier.OFFER)),
        (EN, "pause", (Intent.PAUSE, Tier.ACT)),
        (EN, "stop until January", (Intent.PAUSE, Tier.OFFER)),  # no end of it all
        # answers, however they begin
        (EN, "stop the ticket reflex", None),
        (EN, "Hold to the plan", None),
        (EN, "Pause for lunch with a customer", None),
        (NL, "Pauze houden met een klant", None),
        (NL, "we stoppen met die automatische mailtjes", None),
        (EN, "stop. I mean the meeting on Monday mornings, it keeps everyone from their work", None),
        (EN, "She said: leave me alone", None),
        (EN, "“stop”", None),
        (EN, "", None),
        (EN, "stop " * 600, None),
        (EN, "🎉", None),
        (EN, "توقف", None),
    ],
)
def test_what_words_ask_for(
    rules: dict[Language, tuple[Rules, ...]], language: Language, typed: str, meant: tuple[Intent, Tier] | None
) -> None:
    expected = None if meant is None else Meaning(intent=meant[0], tier=meant[1])
    assert meaning_of(typed, rules[language]) == expected


@pytest.mark.parametrize("language", Language)
def test_no_act_is_ever_part_of_a_longer_message(rules: dict[Language, tuple[Rules, ...]], language: Language) -> None:
    for rule in rules[language][0].intents:
        for act in rule.acts:
            meaning = meaning_of(f"{act} the queue at the counter", rules[language])
            assert meaning is None or meaning.tier is Tier.OFFER, act


def test_the_bot_acts_on_nothing_but_what_is_labelled_so(measured: tuple[Row, ...]) -> None:
    assert [row for row in measured if row.acts != row.acts_right] == []


def test_nine_offers_in_ten_are_right_in_every_half(measured: tuple[Row, ...]) -> None:
    whole = [row for row in measured if row.intent == ALL]
    assert {(row.language, row.half) for row in whole} == {(x, half) for x in Language for half in ("dev", "held")}
    assert below(measured) == ()
    assert all(row.offers_right / row.offers >= 0.9 for row in whole)


def test_there_are_sentences_enough_to_measure_on(measured: tuple[Row, ...]) -> None:
    for language in Language:
        of = {intent: sum(row.sentences for row in measured if (row.language, row.intent) == (language, intent))
              for intent in Intent}  # fmt: skip
        assert all(of[intent] >= 60 for intent in (Intent.STOP, Intent.PAUSE, Intent.COACH)), of
        assert all(count >= 20 for count in of.values()), of
    labelled = read_labelled(prompts_folder(), [])
    for language in Language:
        halves = [labelled[language, half] for half in ("dev", "held")]
        assert sum(each.intent is None for half in halves for each in half) >= 300
        texts = [plain(each.text) for half in halves for each in half]
        assert len(set(texts)) > 0.97 * len(texts)  # what is in both halves measures nothing


def test_the_document_says_what_the_command_prints() -> None:
    told = CliRunner().invoke(main, ["check", "--intents"])
    assert told.exit_code == 0
    assert f"```\n{told.output.rstrip()}\n```" in DOCUMENT.read_text("utf-8")


def test_the_document_lists_every_message_on_which_the_bot_acts(rules: dict[Language, tuple[Rules, ...]]) -> None:
    document = DOCUMENT.read_text("utf-8")
    _, _, below_titles = document.partition("| intent | English | Nederlands |\n|---|---|---|\n")
    rows = itertools.takewhile(lambda line: line.startswith("| "), below_titles.splitlines())
    lines = [line.strip("| ").split(" | ") for line in rows]
    listed = {line[0]: [{plain(each) for each in cell.split(", ")} for cell in line[1:]] for line in lines}
    for place, language in enumerate((EN, NL)):
        for rule in rules[language][0].intents:
            assert (rule.intent in ACTED_ON) == bool(rule.acts)
            assert not rule.acts or listed[rule.intent][place] == rule.acts


def test_the_figures_come_as_json_too_and_wrong_rules_fail(tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(prompts_folder(), folder)
    file = folder / "intents" / "en.yaml"
    file.write_text(file.read_text("utf-8").replace("acts: [stop, ", "acts: [stop the ticket reflex, stop, "), "utf-8")
    told = CliRunner().invoke(main, ["check", "--intents", "--json", str(folder)])
    assert told.exit_code == 1
    said = json.loads(told.output)
    assert said["problems"] == ["en, dev: the bot acts wrongly, precision 0.94"]
    assert next(row for row in said["figures"] if row["half"] == "dev" and row["intent"] == "stop")["acts"] == 3


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  stop:\n", "  halt:\n", "unknown field “halt”"),
        ("acts: [stop, ", "acts: [stop, Stop!, ", "“stop” already stands on line"),
        ("acts: [stop, ", "acts: [stop all of this right now, ", "the bot acts on 5 words at most"),
        ("  pause:\n", "  pause:\n    acts: [pause]\n", "“acts” stands here twice"),
        ("^time ?out$", "^(time", "not a regular expression"),
        ("^time ?out$", "^{nothing}$", "unknown term {nothing}"),
        ("longest: 16", "longest: many", "“many” is not a number"),
        ("intents:\n", "intent:\n", "“intents” is missing"),
        ("terms:", "terms: [", "not YAML"),
    ],
)
def test_a_defect_in_the_rules_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    shutil.copytree(prompts_folder() / "intents", tmp_path / "intents")
    file = tmp_path / "intents" / "en.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    problems: list[Problem] = []
    read_intents(tmp_path, problems)
    assert any(reason in each.reason for each in problems), problems


def test_without_rules_everything_is_an_answer(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert meaning_of("stop", read_intents(tmp_path, problems).values()) is None
    assert problems == []
    (tmp_path / "intents").mkdir()
    read_intents(tmp_path, problems)
    assert [each.reason for each in problems] == ["this file is missing"] * 2
    assert read_labelled(tmp_path, [])[EN, "dev"] == ()
