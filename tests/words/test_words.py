"""What the flows get from the files."""

import os
import threading
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.coaching.journey import Slot, Text
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind
from bot.words.files.load import Sources, load
from bot.words.files.locate import NoPromptsError, prompts_folder
from bot.words.files.phrase_files import read_phrases
from bot.words.files.phrases import MOST_KEPT, UnknownPhraseError, UnsayableError, escape
from bot.words.files.problem import BrokenWordsError
from bot.words.files.rules.markdown import sentences
from bot.words.files.rules.markdown import words as count_words
from bot.words.files.words import LOOK_EVERY, FileWords
from bot.words.port import Words
from tests.waiting import IN_THE_END, until
from tests.words.conftest import Folder

EN, NL = Language.EN, Language.NL
MAIN = "phrases/en/main.ftl"
NUDGE = "journeys/small/listen/nudge.yaml"


class Seconds:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.passed = 100.0

    def __call__(self) -> float:
        return self.passed


def text(en: str, nl: str = "Zo.") -> Text:
    return Text(path="listen/nudge", title={EN: "", NL: ""}, body={EN: en, NL: nl})


def add(prompts: Folder, en: str, nl: str) -> FileWords:
    prompts.write("phrases/en/more.ftl", en)
    prompts.write("phrases/nl/more.ftl", nl)
    return FileWords(prompts.root)


def test_files_are_words(prompts: Folder) -> None:
    words: Words = FileWords(prompts.root)
    assert words.say("done-button", NL) == "Gedaan"


# --- phrases


def test_a_phrase_is_said_with_its_values_and_terms(prompts: Folder) -> None:
    words = FileWords(prompts.root)
    assert words.say("hello", EN, name="Sanne *de Vries*") == "Hello Sanne *de Vries*, this is Pitstop."
    assert words.body("hello", NL, name="Sanne *de Vries*") == "Dag Sanne \\*de Vries\\*, dit is Pitstop."


@pytest.mark.parametrize(
    ("count", "en", "nl"),
    [
        (0, "0 replies", "0 antwoorden"),
        (1, "One reply", "Eén antwoord"),
        (2, "2 replies", "2 antwoorden"),
        (1200, "1,200 replies", "1.200 antwoorden"),
    ],
)
def test_a_number_counts_in_both_languages(prompts: Folder, count: int, en: str, nl: str) -> None:
    words = FileWords(prompts.root)
    assert words.say("replies", EN, count=count) == en
    assert words.say("replies", NL, count=count) == nl


def test_dates_are_said_in_words_unless_the_phrase_wants_a_style(prompts: Folder) -> None:
    phrases = 'on = { $day }\nshort = { DATETIME($day, dateStyle: "short") }\n'
    words = add(prompts, phrases, phrases)
    day = date(2026, 3, 3)
    assert words.say("on", EN, day=day) == "Tuesday 3 March"
    assert words.say("on", NL, day=day) == "dinsdag 3 maart"
    assert words.say("short", EN, day=day) == "03/03/2026"
    local = datetime(2026, 3, 3, 10, 5, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert words.say("on", EN, day=local) == "Tuesday 3 March, 10:05"
    assert words.say("on", NL, day=local) == "dinsdag 3 maart, 10:05"


def test_a_day_is_written_out(prompts: Folder) -> None:
    words = FileWords(prompts.root)
    assert words.day(date(2026, 3, 3), EN) == "Tuesday 3 March"
    assert words.day(date(2026, 3, 3), NL, weekday=False) == "3 maart"


def test_countries_and_weekdays_have_names(prompts: Folder) -> None:
    words = FileWords(prompts.root)
    assert (words.country("NL", EN), words.country("NL", NL)) == ("Netherlands", "Nederland")
    assert words.country("??", EN) == "??"
    assert (words.weekday(0, EN), words.weekday(6, NL)) == ("Monday", "zondag")


def test_a_style_for_what_is_no_date_is_an_error(prompts: Folder) -> None:
    phrases = 'short = { DATETIME($day, dateStyle: "short") }\n'
    with pytest.raises(UnsayableError, match="short"):
        add(prompts, phrases, phrases).say("short", EN, day="soon")


def test_long_words_of_a_person_come_through_whole(prompts: Folder) -> None:
    """Fluent itself refuses a value of more than 2,500 characters."""
    words = FileWords(prompts.root)
    long = "woord \ue0001\ue001" * 5000
    assert words.say("hello", EN, name=long) == f"Hello {long}, this is Pitstop."


@pytest.mark.parametrize("key", ["nothing-like-it", "-brand", ""])
def test_an_unknown_key_is_an_error(prompts: Folder, key: str) -> None:
    with pytest.raises(UnknownPhraseError, match="no phrase"):
        FileWords(prompts.root).say(key, EN)


def test_a_missing_value_is_an_error(prompts: Folder) -> None:
    with pytest.raises(UnsayableError, match="name"):
        FileWords(prompts.root).say("hello", EN)


def test_a_sentence_is_worked_out_once_unless_a_persons_words_are_in_it(prompts: Folder) -> None:
    phrases = read_phrases(prompts.root, EN, [])["slack"]
    assert phrases.phrase("hello", {"name": "Sanne"}) == "Hello Sanne, this is Pitstop."
    assert not phrases.kept
    done = phrases.phrase("done-button", {})
    for _ in range(2):
        assert phrases.phrase("replies", {"count": 1}) == "One reply"
        assert phrases.phrase("hello", {"name": done}) == "Hello Done, this is Pitstop."
    assert sorted(phrases.kept.values()) == ["Done", "Hello Done, this is Pitstop.", "One reply"]


def test_what_is_kept_of_what_was_said_has_an_end(prompts: Folder) -> None:
    phrases = read_phrases(prompts.root, EN, [])["slack"]
    for count in range(MOST_KEPT + 2):
        phrases.phrase("replies", {"count": count})
    assert 0 < len(phrases.kept) <= MOST_KEPT
    assert phrases.phrase("replies", {"count": 7}) == "7 replies"


def test_phrases_of_a_page_keep_their_places_for_values(prompts: Folder) -> None:
    words = FileWords(prompts.root)
    assert words.phrases_under("hel", EN) == {"hello": "Hello {name}, this is Pitstop."}
    assert words.phrases_under("replies", EN) == {"replies": "{count} replies"}
    assert words.phrases_under("none", NL) == {}


# --- authored texts


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Plain.", "Plain."),
        ("**Bold** first", "**Bold** first"),
        ("* a star\n* another", "* a star\n* another"),
        ("- one\n  - inside\n- two", "- one\n  - inside\n- two"),
        ("[A link](https://example.org) and more", "[A link](https://example.org) and more"),
        (".5 and on", ".5 and on"),
        ("First.\n\nSecond, after a blank line.", "First.\n\nSecond, after a blank line."),
        ("Week { $week }.", "Week 3."),
        ("It lasts { $week ->\n    [one] a week\n   *[other] { $week } weeks\n}.", "It lasts 3 weeks."),
        ('A brace: { "{" }\n* a star', "A brace: {\n* a star"),
        ("From { -brand }.", "From Pitstop."),
    ],
)
def test_markdown_and_placeholders_live_together(prompts: Folder, source: str, shown: str) -> None:
    words = FileWords(prompts.root)
    for _ in range(2):  # compiled, then remembered
        assert words.body_of(text(source), EN, week=3) == shown


def test_a_text_without_a_title_has_an_empty_one(prompts: Folder) -> None:
    assert FileWords(prompts.root).title_of(text("x"), EN, week=1) == ""


def test_a_kit_page_of_six_thousand_characters_is_shown_whole(prompts: Folder) -> None:
    page = "### Head\n\n" + "A line of the page.\n" * 290
    assert FileWords(prompts.root).body_of(text(page), EN) == page.strip()


def test_a_journey_is_what_its_files_say(prompts: Folder) -> None:
    journey = FileWords(prompts.root).journeys()["small"]
    assert journey.name == {EN: "Small", NL: "Klein"}
    assert [(step.week, step.slot, step.kind, step.prompt) for step in journey.steps] == [
        (0, Slot.JOIN, Kind.WELCOME, "welcome/welcome"),
        (1, Slot.FIRST, Kind.NUDGE, "listen/nudge"),
        (1, Slot.SECOND, Kind.FOLLOW_UP, "listen/follow-up"),
        (2, Slot.FIRST, Kind.UNDONE, "listen/undone"),
        (2, Slot.SECOND, Kind.REFLECTION, "reflections/personal"),
        (2, Slot.FIRST, Kind.TEAM_REFLECTION, "reflections/team"),
    ]
    item = journey.items["listen"]
    assert not item.keeps_words
    assert [each.fits for each in item.alternatives] == ["no_time"] * 3
    assert item.alternatives[1].text.path == "listen/alternatives/2"
    assert item.questions[3].body[NL] == "Welk deel van vraag 4 was het?"
    assert item.questions[3].title[NL] == ""
    assert (item.plan_if.body[EN], item.plan_then.body[EN]) == ("a if", "a then")
    assert (item.transfer_change.body[NL], item.transfer_owner.body[NL]) == ("een change", "een owner")
    assert item.kit is not None
    assert journey.texts["listen/kit"] is item.kit
    assert [len(each) for each in (journey.reflections, journey.quiet)] == [1, 1]
    assert [each.path for each in journey.team_quiet] == ["reflections/team-quiet/1"]


def test_a_kit_and_reflections_can_be_left_out(prompts: Folder) -> None:
    prompts.remove("journeys/small/listen/kit.yaml")
    for name in ("personal", "personal-quiet"):
        prompts.remove(f"journeys/small/reflections/{name}.yaml")
    prompts.replace("journeys/small/journey.yaml", "  - {week: 2, slot: second, kind: reflection}\n", "")
    assert prompts.problems() == []
    journey = FileWords(prompts.root).journeys()["small"]
    assert journey.items["listen"].kit is None
    assert journey.reflections == ()


def test_the_wording_changes_with_the_consent_and_with_nothing_else(prompts: Folder) -> None:
    before = FileWords(prompts.root).wording()
    prompts.replace(MAIN, "= Done", "= Did it")
    prompts.replace(MAIN, "= Your zone", "= Where do you live?")  # nobody agrees to a label
    assert FileWords(prompts.root).wording() == before
    prompts.replace("phrases/nl/main.ftl", "leest mee", "kijkt mee")
    after = FileWords(prompts.root).wording()
    assert after != before
    assert len(after) == 12


def test_the_wording_changes_when_a_word_the_consent_uses_does(prompts: Folder) -> None:
    before = FileWords(prompts.root).wording()
    prompts.replace(MAIN, "-brand = Pitstop", "-brand = Boxenstop")
    assert FileWords(prompts.root).wording() != before


def test_the_wording_changes_with_what_a_scope_is_called(prompts: Folder) -> None:
    before = FileWords(prompts.root).wording()
    prompts.replace("phrases/nl/main.ftl", "Je coach leest mee", "Je coach")
    assert FileWords(prompts.root).wording() != before


def test_the_wording_changes_with_what_one_platform_says_otherwise(prompts: Folder) -> None:
    before = FileWords(prompts.root).wording()
    for language in ("en", "nl"):
        prompts.write(f"platforms/teams/{language}.ftl", "consent-who = Teams\n")
    assert FileWords(prompts.root).wording() != before


# --- values inside Markdown


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("J. de Vries-Smit (IT)", "J. de Vries-Smit \\(IT\\)"),
        ("<!channel> & <@U1>", "\\<!channel\\> \\& \\<@U1\\>"),
        ("# not a heading", "\\# not a heading"),
        ("1. not a list", "1\\. not a list"),
        ("- not a list", "\\- not a list"),
        ("[a](http://b)", "\\[a\\]\\(http://b\\)"),
        ("two\n\nparagraphs", "two paragraphs"),
        ("snake_case `code` ~no~ a|b \\", "snake\\_case \\`code\\` \\~no\\~ a\\|b \\\\"),
    ],
)
def test_a_value_is_shown_as_it_is(value: str, escaped: str) -> None:
    assert escape(value) == escaped


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"])))
def test_no_value_ever_becomes_markup(value: str) -> None:
    """A real Markdown parser finds one paragraph of plain text."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape(value))
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert "".join(child.content for child in inline) == " ".join(value.split())


def test_words_and_sentences_are_what_a_reader_sees() -> None:
    page = "### A **bold** heading\n\n- [one](https://x.org) – two\n- Snake_case. *And* more!\n\n**\n"
    assert count_words(page) == 8
    assert list(sentences(page)) == ["A bold heading", "one – two", "Snake_case.", "And more!"]
    assert list(sentences("")) == []


# --- reading again


def test_a_saved_file_is_seen_after_half_a_second(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    prompts.replace(MAIN, "= Done", "= Did it")
    assert words.say("done-button", EN) == "Done"
    seconds.passed += LOOK_EVERY
    assert words.say("done-button", EN) == "Did it"


def test_whoever_speaks_says_everything_in_one_version(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    speaking = words.on("teams")
    prompts.replace(MAIN, "= Done", "= Did it")
    seconds.passed += LOOK_EVERY
    assert words.on("teams").say("done-button", EN) == "Did it"
    assert speaking.say("done-button", EN) == speaking.on("slack").say("done-button", EN) == "Done"


def test_a_new_journey_is_there_without_a_restart(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    for place in sorted((prompts.root / "journeys/small").rglob("*.yaml")):
        path = place.relative_to(prompts.root).as_posix()
        prompts.write(path.replace("/small/", "/other/"), prompts.read(path))
    seconds.passed += LOOK_EVERY
    assert set(words.journeys()) == {"small", "other"}
    assert all("is already at" in problem.reason for problem in words.problems())  # it says the same as the first one


def test_the_last_good_version_stays_while_the_files_are_broken(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    good = prompts.read(MAIN)
    prompts.write(MAIN, good.replace("= Done", "= { Done"))
    seconds.passed += LOOK_EVERY
    assert words.say("done-button", EN) == "Done"
    assert words.say("replies", EN, count=1) == "One reply"
    assert str(words.problems()[0]).startswith("prompts/phrases/en/main.ftl:4 not Fluent")
    prompts.write(MAIN, good.replace("= Done", "= Finished"))
    seconds.passed += LOOK_EVERY
    assert words.say("done-button", EN) == "Finished"
    assert words.problems() == ()


def test_a_text_too_long_is_shown_and_told(prompts: Folder) -> None:
    """A defect that hurts nobody does not hold an edit back."""
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    prompts.replace(NUDGE, "A plain sentence", "word " * 60)
    seconds.passed += LOOK_EVERY
    assert words.journeys()["small"].items["listen"].nudge.body[EN].startswith("word word")
    assert [problem.reason for problem in words.problems()] == ["65 words with its title; at most 60"]
    assert words.problems() is words.problems()


def test_a_touched_file_with_the_same_words_changes_nothing(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    before = words.journeys()
    seconds.passed += LOOK_EVERY
    assert words.journeys() is before
    os.utime(prompts.root / NUDGE, (1, 1))
    seconds.passed += LOOK_EVERY
    assert words.journeys() == before


def test_an_editors_lock_files_are_not_words(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    for folder, suffix in (("phrases/en", "ftl"), ("journeys/small/welcome", "yaml")):
        (prompts.root / folder / f".#main.{suffix}").symlink_to("somebody@somewhere.42")
    seconds.passed += LOOK_EVERY
    assert words.say("done-button", EN) == "Done"
    assert words.problems() == ()


def test_a_folder_that_vanishes_while_running_leaves_the_words(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    prompts.root.rename(prompts.root.with_name("gone"))
    seconds.passed += LOOK_EVERY
    assert words.say("done-button", EN) == "Done"
    assert "prompts/journeys:1 there is no journey" in [str(problem) for problem in words.problems()]


def test_a_text_from_before_an_edit_can_still_be_shown(prompts: Folder) -> None:
    seconds = Seconds()
    words = FileWords(prompts.root, monotonic=seconds)
    old = words.journeys()["small"].items["listen"].nudge
    prompts.replace(NUDGE, "A plain sentence", "Another sentence")
    seconds.passed += LOOK_EVERY
    assert words.body_of(old, EN, week=1) == "A plain sentence about nudge alone."


class Slowly:
    """Reads a folder when it is let, and says in which thread it does."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.may.set()
        self.fails = False
        self.read_by: list[threading.Thread] = []

    def __call__(self, root: Path) -> Sources:
        self.read_by.append(threading.current_thread())
        assert self.may.wait(timeout=IN_THE_END)
        if self.fails:
            raise OSError("the disk")
        return load(root)


async def test_an_event_loop_goes_on_while_a_saved_file_is_read(prompts: Folder) -> None:
    seconds, read = Seconds(), Slowly()
    words = FileWords(prompts.root, monotonic=seconds, read=read)
    read.may.clear()
    prompts.replace(MAIN, "= Done", "= Did it")
    for _ in range(3):
        seconds.passed += LOOK_EVERY
        assert words.say("done-button", EN) == words.on("teams").say("done-button", EN) == "Done"
    assert len(read.read_by) == 2, "once at the start, and once more although it was looked at three times"
    read.may.set()
    await until(lambda: words.say("done-button", EN) == "Did it")
    assert words.on("teams").say("done-button", EN) == "Did it"
    assert threading.current_thread() not in read.read_by[1:]


async def test_on_an_event_loop_too_the_last_good_version_stays(prompts: Folder) -> None:
    seconds, read = Seconds(), Slowly()
    words = FileWords(prompts.root, monotonic=seconds, read=read)
    assert words.problems() == ()
    good = prompts.read(MAIN)
    prompts.write(MAIN, good.replace("= Done", "= { Done"))
    seconds.passed += LOOK_EVERY
    await until(lambda: bool(words.problems()))  # linted beside the loop, too
    assert str(words.problems()[0]).startswith("prompts/phrases/en/main.ftl:4 not Fluent")
    assert words.say("done-button", EN) == "Done"
    prompts.write(MAIN, good.replace("= Done", "= Finished"))
    seconds.passed += LOOK_EVERY
    await until(lambda: words.say("done-button", EN) == "Finished")
    await until(lambda: not words.problems())


async def test_files_that_cannot_be_read_leave_the_words_and_are_read_again_once_saved(
    prompts: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    seconds, read = Seconds(), Slowly()
    words = FileWords(prompts.root, monotonic=seconds, read=read)
    read.fails = True
    prompts.replace(MAIN, "= Done", "= Did it")
    seconds.passed += LOOK_EVERY
    await until(lambda: words.say("done-button", EN) != "Done" or "the words could not be read" in caplog.text)
    assert words.say("done-button", EN) == "Done"
    read.fails = False
    prompts.replace(MAIN, "= Did it", "= Finished")
    seconds.passed += LOOK_EVERY
    await until(lambda: words.say("done-button", EN) == "Finished")


def test_broken_files_at_the_start_are_told_line_by_line(prompts: Folder) -> None:
    prompts.replace(MAIN, "= Done", "= { Done")
    with pytest.raises(BrokenWordsError) as caught:
        FileWords(prompts.root)
    assert [problem.line for problem in caught.value.problems] == [4, 3]
    assert str(caught.value).splitlines()[0].startswith("prompts/phrases/en/main.ftl:4 not Fluent")


# --- where they are


def test_the_explicit_folder_comes_first_then_the_checkout_then_the_wheel(prompts: Folder, tmp_path: Path) -> None:
    checkout, wheel = tmp_path / "checkout", tmp_path / "wheel/bot"
    for place in (checkout / "prompts", wheel / "prompts"):
        for name in ("journeys", "phrases"):
            (place / name).mkdir(parents=True)
    assert prompts_folder(prompts.root, package=checkout / "bot") == prompts.root
    assert prompts_folder(package=checkout / "bot") == checkout / "prompts"
    assert prompts_folder(package=wheel) == wheel / "prompts"
    with pytest.raises(NoPromptsError, match="elsewhere"):
        prompts_folder(tmp_path / "elsewhere", package=wheel)


def test_a_platform_has_words_of_its_own(prompts: Folder) -> None:
    for language, hello in (("en", "Hi"), ("nl", "Hoi")):
        own = f"-brand = Box\nhello = {hello} {{ $name }}, from {{ -brand }}.\n"
        prompts.write(f"platforms/teams/{language}.ftl", own)
    words = FileWords(prompts.root)
    teams = words.on("teams")
    assert words.say("hello", EN, name="Sanne") == "Hello Sanne, this is Pitstop."
    assert teams.say("hello", NL, name="Sanne") == "Hoi Sanne, from Box."
    assert teams.say("done-button", NL) == "Gedaan"
    assert teams.on("slack").say("hello", EN, name="Sanne") == "Hello Sanne, this is Pitstop."


def test_what_a_platform_says_differently_is_linted_too(prompts: Folder) -> None:
    prompts.write("platforms/teams/en.ftl", "hello = Hi, this is { -nobody }.\n")
    assert prompts.problems() == [
        f"{prompts.root.name}/platforms/teams/en.ftl:1 unknown term “-nobody”",
        f"{prompts.root.name}/platforms/teams/en.ftl:1 “hello” lacks {{ $name }}, which it has in nl",
    ]
