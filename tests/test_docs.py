"""What the documents say is there, is there."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import Command, Group, Option

from bot.__main__ import main
from bot.coaching.verbs import read
from bot.runtime.metrics import Metrics
from bot.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "bench" / "README.md",
        ROOT / "data" / "README.md",
    ]
)
OURS = re.compile(r"\b(?:(?:PITSTOP|SLACK|TEAMS)_[A-Z_]+[A-Z]|HOST|PORT)\b")
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
COMMAND = re.compile(r"(?:python -m bot|\bpitstop) ([a-z-]+)((?: [^`\n|)]*)?)")
OPTION = re.compile(r"--[a-z]+(?:-[a-z]+)*")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
VERB = re.compile(r"/coach ([a-z]+)")
TARGET = re.compile(r"\bmake ([a-z-]+)")


class Asked(dict[str, str]):
    """An environment that notes what it was asked for."""

    def __init__(self) -> None:
        """Begin with what makes everything else needed, and no questions yet."""
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        """Note the name; a bot token, so that no setting is left unread."""
        self.names.add(name)
        return "s" if name == "SLACK_SIGNING_SECRET" else "xoxb-1" if name == "SLACK_BOT_TOKEN" else default


@pytest.fixture(scope="module")
def variables() -> set[str]:
    """Every environment variable the product reads."""
    environ = Asked()
    read_settings(environ, talks=True)
    return environ.names


def code(text: str) -> Iterator[str]:
    """What stands in a document as code."""
    for match in CODE.finditer(text):
        yield match.group(0).strip("`")


def by_document(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Each document with each thing its code says."""
    for document in DOCUMENTS:
        for text in code(document.read_text("utf-8")):
            for match in pattern.finditer(text):
                yield str(document.relative_to(ROOT)), match.group(0)


def section(title: str) -> str:
    """A part of the README, up to the next title of its kind."""
    _, found, rest = README.partition(f"\n## {title}\n")
    assert found, f"the README has no part called {title}"
    return rest.split("\n## ")[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link and "mailto:" not in link]
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


def options_of(command: Command) -> list[Option]:
    """Return the options of a command and of what stands below it."""
    below = command.commands.values() if isinstance(command, Group) else ()
    return [each for of in (command, *below) for each in of.params if isinstance(each, Option)]


def test_every_command_and_option_that_is_named_exists() -> None:
    named = list(by_document(COMMAND))
    assert named
    for document, line in named:
        match = COMMAND.fullmatch(line)
        assert match is not None
        command = main.commands.get(match.group(1))
        assert command is not None, f"{document} names {line}"
        known = {name for each in options_of(command) for name in each.opts} | {"--help"}
        assert set(OPTION.findall(match.group(2))) <= known, f"{document} names {line}"


def test_every_command_is_in_the_readme_and_explained() -> None:
    explained = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name, command in main.commands.items():
        assert f"`python -m bot {name}`" in section("Commands")
        _, found, rest = explained.partition(f"\n### {name}\n")
        assert found, f"docs/commands.md does not explain {name}"
        text = rest.split("\n#")[0]
        for each in options_of(command):
            assert f"`{each.opts[0]}`" in text, f"{name} {each.opts[0]} is not explained"


def test_every_metric_is_in_the_table_of_the_operator_and_the_other_way_round() -> None:
    page = Metrics().page(None, {}, now=datetime(2026, 1, 12, tzinfo=UTC), held=False).decode()
    told = set(re.findall(r"^# HELP (pitstop_\w+)", page, re.MULTILINE))
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert set(re.findall(r"`(pitstop_\w+)", operations)) == told


def test_every_log_message_that_the_operator_is_told_of_is_logged_somewhere() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = operations.split("| message | what to do |")[1].split("\n\n")[0]
    told = re.findall(r"^\|([^|]+)\|", table, re.MULTILINE)[1:]
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "bot").rglob("*.py"))
    for cell in told:
        for message in re.findall(r"`([a-z ]{6,})`", cell):
            assert f'"{message}' in source, f"nothing logs {message!r}"


def test_every_environment_variable_that_is_named_is_read(variables: set[str]) -> None:
    for document, name in by_document(OURS):
        assert name in variables, f"{document} names {name}"


def test_every_environment_variable_is_in_the_table(variables: set[str]) -> None:
    table = {line.split("`")[1] for line in section("Configuration").splitlines() if line.startswith("| `")}
    assert table == variables


def test_every_word_after_the_slash_is_understood() -> None:
    named = list(by_document(VERB))
    assert named
    for document, said in named:
        assert read(said.removeprefix("/coach ")).verb is not None, f"{document} names {said}"


def test_every_alias_in_the_table_of_verbs_means_that_verb() -> None:
    rows = [
        line for line in (ROOT / "docs" / "commands.md").read_text("utf-8").splitlines() if line.startswith("| `/coach")
    ]
    assert rows
    for row in rows:
        cells = row.split("|")
        verb = read(cells[1].strip(" `").removeprefix("/coach ")).verb
        for alias in re.findall(r"`([^`]+)`", cells[2]):
            assert (read(alias).verb, read(alias).rest) == (verb, ""), f"{alias} is not {verb}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document, said in by_document(TARGET):
        assert said.removeprefix("make ") in targets, f"{document} names {said}"


def test_the_first_two_commands_are_run_and_test() -> None:
    blocks = re.findall(r"^```\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)
    assert blocks[:2] == ["make run", "make test"]


def test_every_decision_has_its_page_and_every_page_its_line() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"\| \[(\d+)\]\((\S+?)\) \|", (folder / "README.md").read_text("utf-8"))
    pages = sorted(page.name for page in folder.glob("0*.md"))
    assert [name for _, name in listed] == pages
    for number, name in listed:
        assert name.startswith(f"{int(number):04}-")
        assert (folder / name).read_text("utf-8").startswith(f"# {number}. ")


def test_every_dependency_has_its_reason() -> None:
    needed = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.S | re.M)
    assert needed is not None
    names = set(re.findall(r'"([a-z.-]+?)[>=<]', needed.group(1)))
    table = (ROOT / "docs" / "adr" / "0005-dependencies.md").read_text("utf-8")
    explained = {
        name
        for line in table.splitlines()
        if line.count("|") == 4
        for name in re.split(r", | \(.*?\)", line.split("|")[1].strip())
    }
    assert names <= explained


def test_the_procfile_starts_a_command_that_exists() -> None:
    started = re.findall(r"python -m bot ([a-z]+)", (ROOT / "Procfile").read_text("utf-8"))
    assert started
    assert set(started) <= set(main.commands)
