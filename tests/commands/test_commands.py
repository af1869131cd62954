"""The command line, on a real file, as an operator uses it."""

import asyncio
import contextlib
import csv
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate
from bot.coaching.records.workspace import Workspace
from bot.words.files.layers.kept import kept_beside
from tests import content
from tests.commands.cli import ROOT, SECRET, audit, bot, environment, fill, run
from tests.conftest import World
from tests.flows.talk import begin
from tests.store.file.test_opening import page
from tests.store.scene import a_reply, a_workspace, at, cast
from tests.waiting import IN_THE_END
from tests.words.conftest import written

NOBODY = 65534
COLUMNS = ["at", "name", "item", "week", "kind", "question", "scope", "text"]


SHARED = [  # newest first
    ("Bram", "transfer", "Call back\nBram"),
    ("Anna", "plan", "the stand-up ends\nI ask one question"),
    ("Anna", "debrief", "1e5 \x1b[31mred\x9b0m"),
    ("Bram", "typed", "for all\nof us"),
    ("Anna", "typed", "=SUM(A1:A9)"),
]


# --- help and usage ---------------------------------------------------------------------------------------------


def test_the_module_answers_for_itself(tmp_path: Path) -> None:
    told = bot(tmp_path, "--help")
    assert told.returncode == 0
    assert told.stderr == ""
    for command in main.commands:
        assert f"\n  {command} " in told.stdout


@pytest.mark.parametrize("command", sorted(main.commands))
@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_every_command_explains_itself(here: Path, command: str, asked: str) -> None:
    told = run(command, asked)
    assert told.exit_code == 0
    assert told.output.startswith(f"Usage: main {command} ")
    assert list(here.iterdir()) == [], "a look at the help leaves nothing behind"


@pytest.mark.parametrize(
    "arguments",
    [
        ("logs",),  # no such command
        ("log", "--json", "--csv"),  # one or the other
        ("log", "--week", "one"),
        ("log", "--limit", "0"),
        ("check", "no-such-folder"),
        ("practice", "now"),
    ],
)
def test_wrong_usage_exits_with_2_and_a_sentence(here: Path, arguments: tuple[str, ...]) -> None:
    told = run(*arguments)
    assert told.exit_code == 2
    assert "Error: " in told.stderr
    assert list(here.iterdir()) == []


# --- check ------------------------------------------------------------------------------------------------------


def test_check_names_file_line_and_reason_of_a_broken_text(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    broken = prompts / "journeys" / "taster" / "people-before-systems" / "nudge.yaml"
    broken.write_text(broken.read_text("utf-8").replace("\nnl:", "\nfr:"), "utf-8")
    told = run("check", "--content", str(prompts))
    assert told.exit_code == 1
    assert told.stderr == ""
    first = told.stdout.splitlines()[0]
    where, _, reason = first.partition(" ")
    file, line = where.rsplit(":", 1)
    assert file.endswith("taster/people-before-systems/nudge.yaml")
    assert int(line) > 0
    assert reason


SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def test_check_says_that_all_is_good(here: Path, port: str) -> None:
    told = run("check", PORT=port, **SLACK)
    assert (told.exit_code, told.output) == (0, "All good.\n")


@pytest.mark.parametrize(
    ("values", "written", "told"),
    [
        ({}, None, "Neither Slack nor Teams is configured, so serve would not start. There is no /"),
        ({}, "PORT=8080\n", "so serve would not start. See docs/slack.md"),
        (SLACK | {"SLACK_BOT_TOKEN": "xoxb-…"}, None, "SLACK_BOT_TOKEN is no secret of yours: it is the example"),
        (SLACK | {"SLACK_APP_TOKEN": "xapp-..."}, None, "SLACK_APP_TOKEN is no secret of yours: it is the example"),
        (SLACK | {"HOST": "nowhere.invalid"}, None, "HOST is nowhere.invalid, which is no address of this machine."),
        (SLACK | {"PITSTOP_DATABASE_URL": "sqlite:///~/x.db"}, None, "Write the path out."),
        (SLACK | {"PITSTOP_OPERATR": "IT"}, None, "no such variable. Did you mean PITSTOP_OPERATOR?"),
        (SLACK | {"PITSTOP_COLOR": "red"}, None, "PITSTOP_COLOR is set, and Pitstop reads no such variable.\n"),
        ({}, "SLACK_BOT_TOKN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n", "Did you mean SLACK_BOT_TOKEN?"),
        (SLACK, "PITSTOP_OPERATOR: IT\n", ".env:1 sets nothing. A line is NAME=value"),
        (SLACK, b"\xff\xfe", ".env cannot be read: it is not UTF-8 text."),
    ],
)
def test_check_is_not_content_with_what_serve_would_not_start_with(
    few: str, here: Path, port: str, values: dict[str, str], written: str | bytes | None, told: str
) -> None:
    if written is not None:
        (here / ".env").write_bytes(written if isinstance(written, bytes) else written.encode())
    found = run("check", few, **{"PORT": port} | values)
    assert found.exit_code == 1
    assert told in found.output
    assert "All good." not in found.output


def test_check_shows_what_ones_own_words_replace(here: Path) -> None:
    own = here / "own"
    (own / "phrases" / "en").mkdir(parents=True)
    (own / "phrases" / "en" / "help.ftl").write_text(f"# made from {'0' * 12}\nhelp-title = Help, ours\n")
    told = run("check", "--content", PITSTOP_PROMPTS="own")
    assert told.output.startswith("Note: own/phrases/en/help.ftl is stale: the shipped one has changed since.")
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "All good.")
    told = run("check", "--content", PITSTOP_PROMPTS="nowhere")
    assert (told.exit_code, told.stderr.startswith("Error: nowhere is no folder")) == (1, True)


def test_variables_of_other_programs_are_none_of_ours(few: str, here: Path, port: str) -> None:
    assert run("check", few, PORT=port, **SLACK, SLACK_WEBHOOK_URL="x", TEAMS_WEBHOOK="y").exit_code == 0


def test_check_names_what_people_walk_and_the_words_lack(database: Path, few: str, port: str) -> None:
    told = run("check", few, PORT=port, **SLACK)
    assert told.exit_code == 1
    assert "People walk the journey “twelve-weeks”, which is not in the words any more: what is about it" in told.output
    walked = Path(few) / "journeys" / "twelve-weeks"
    shutil.copytree(Path(few) / "journeys" / "small", walked)
    kept_beside(database).keep(Path(few))
    shutil.rmtree(walked)
    told = run("check", few, PORT=port, **SLACK)
    assert told.output.startswith("Note: People walk the journey “twelve-weeks”")
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "All good.")


@pytest.fixture
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder of few words without a defect: to look at all of ours takes half a second."""
    return str(written(tmp_path_factory.mktemp("few")).root)


def test_check_says_as_json_that_all_is_good(few: str, here: Path, port: str) -> None:
    told = run("check", "--json", few, PORT=port, **SLACK)
    assert (told.exit_code, json.loads(told.output)) == (0, [])


def test_check_looks_at_the_configuration_too_unless_asked_for_the_words_only(few: str, here: Path) -> None:
    told = run("check", few, PORT="0", SLACK_BOT_TOKEN="xoxp-1")
    assert told.exit_code == 1
    assert "PORT" in told.output
    assert "SLACK_SIGNING_SECRET" in told.output
    assert run("check", few, "--content", PORT="0", SLACK_BOT_TOKEN="xoxp-1").exit_code == 0


@pytest.mark.parametrize("values", [{}, {"TEAMS_CLIENT_ID": "11111111-0000-4000-8000-000000000009"}])
def test_check_does_not_ask_for_slack_where_nothing_of_slack_is_set(
    few: str, here: Path, values: dict[str, str]
) -> None:
    told = run("check", few, PORT="0", **values)
    assert told.exit_code == 1
    assert "PORT" in told.output
    assert ("TEAMS_CLIENT_SECRET" in told.output) is bool(values)
    assert "SLACK" not in told.output


def test_check_of_a_folder_without_words_says_so(here: Path) -> None:
    told = run("check", str(here))
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: no folder with journeys/ and phrases/")


# --- read ---------------------------------------------------------------------------------------------------------


def test_a_journey_is_read_as_it_comes(here: Path) -> None:
    told = run("read", "--journey", "taster", "--language", "nl", "--person", "joking", "--platform", "teams")
    assert told.exit_code == 0
    for words in (
        "=== Week 0, Monday 5 January, 09:00: welcome",
        f"# {content.title('welcome/welcome', content.NL, slug=content.TASTER)}",
        f"-> [{content.said('nudge-later-button', content.NL)}]",
        f"  | {content.said('form-later-title', content.NL)}",
        f"# {content.title('people-before-systems/nudge/again-2', content.NL, slug=content.TASTER)}",
        "in the channel, team_closing",
    ):
        assert words in told.output


def test_a_journey_is_read_as_json(here: Path) -> None:
    told = run("read", "--weeks", "1", "--json")
    first, second, *_ = json.loads(told.output)
    assert (first["week"], first["kinds"]) == (0, ["welcome", "pulse"])
    assert (second["item"], second["channel"]) == ("people-before-systems", False)
    assert second["lines"][0] == {"part": "heading", "text": f"# {content.title('people-before-systems/nudge')}"}
    assert second["done"][0]["form"][0] == content.said("form-plan-title")


def test_a_journey_that_is_not_there_is_told(here: Path) -> None:
    told = run("read", "--journey", "thirteen-weeks")
    assert told.exit_code == 2
    assert "taster, twelve-weeks" in told.stderr


# --- log --------------------------------------------------------------------------------------------------------


def test_the_log_as_json_is_exactly_what_was_shared_newest_first(database: Path) -> None:
    told = bot(database.parents[1], "log", "--json")
    assert told.returncode == 0
    assert told.stderr == ""
    lines = json.loads(told.stdout)
    assert [(line["name"], line["kind"], line["text"]) for line in lines] == SHARED
    assert {line["scope"] for line in lines} == {"coach"}
    assert lines[2]["question"] == 2
    assert lines[3] == {
        "id": "r2",
        "at": at(2).isoformat(),
        "member": "bram",
        "name": "Bram",
        "item": "listen",
        "week": 2,
        "kind": "typed",
        "question": None,
        "text": "for all\nof us",
        "scope": "coach",
        "nudge": "n-bram",
    }


def test_the_log_as_csv_holds_no_cell_that_a_spreadsheet_would_run(database: Path) -> None:
    told = run("log", "--csv")
    assert told.exit_code == 0
    rows = list(csv.reader(io.StringIO(told.stdout)))
    assert rows[0] == COLUMNS
    assert [row[-1] for row in rows[1:]] == [*(text for _, _, text in SHARED[:-1]), "'=SUM(A1:A9)"]


def test_the_log_as_a_table_shows_words_as_they_were_typed_and_obeys_none(database: Path) -> None:
    told = run("log")
    assert told.exit_code == 0
    assert told.output.split("\n")[0].split() == COLUMNS
    assert "1e5 \N{REPLACEMENT CHARACTER}[31mred" in told.output
    assert not {"\x1b", "\x9b"} & set(told.output)
    assert "2026-01-06 09:02 UTC" in told.output


def test_a_reply_that_looks_like_a_number_is_not_made_one(here: Path) -> None:
    fill(here / "data" / "pitstop.db", *cast(), a_reply("r1", text="1e5"))
    assert run("log").output.split()[-1] == "1e5"


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_private_words_never_show(database: Path, form: tuple[str, ...]) -> None:
    told = run("log", *form)
    assert told.exit_code == 0
    assert SECRET not in told.output
    assert "r4" not in told.output, "nor what was taken back"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--person", "bram"), ["t1", "r2"]),  # by id
        (("--person", "Bram"), ["t1", "r2"]),  # by name
        (("--person", "Carl"), []),
        (("--item", "listen"), ["r2"]),
        (("--week", "2"), ["r2"]),
        (("--week", "1", "--person", "Bram"), ["t1"]),
        (("--limit", "2"), ["t1", "p1"]),
        (("--limit", "1", "--person", "Anna"), ["p1"]),
        (("--limit", "1", "--person", "anna"), ["p1"]),
        (("--item", "people-before-systems"), []),  # there is such an item, and nobody wrote about it
        (("--week", "99"), []),
    ],
)
def test_the_log_can_be_narrowed(database: Path, asked: tuple[str, ...], found: list[str]) -> None:
    told = run("log", "--json", *asked)
    assert [line["id"] for line in json.loads(told.output)] == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--person", "Nobody"), "Error: Nobody is called 'Nobody'."),
        (("--item", "people-befor-systems"), "No journey has an item 'people-befor-systems'. Did you mean people-"),
        (("--item", "xyz"), "No journey has an item 'xyz'. There are "),
    ],
)
def test_a_filter_that_is_misspelt_says_so(database: Path, asked: tuple[str, ...], told: str) -> None:
    found = run("log", "--json", *asked)
    assert (found.exit_code, found.stdout) == (1, "")
    assert told in found.stderr
    assert run("log", "--week", "99").output == "Nothing that was shared matches.\n"


def test_two_people_of_one_name_are_told_apart_and_times_have_their_zone(database: Path) -> None:
    assert "Bram (bram)" not in run("log").output
    bram = next(each for each in cast() if isinstance(each, Member) and each.id == "bram")
    fill(database, replace(bram, name="Anna", version=1))
    shown = run("log").output
    assert "Anna (anna)" in shown
    assert "Anna (bram)" in shown
    assert "2026-01-06 09:08 UTC" in shown
    refused = run("log", "--person", "Anna")
    assert refused.exit_code == 1
    assert "2 people are called 'Anna'. Give one of these ids:" in refused.stderr
    assert "Anna" in run("log", "--person", "bram").output


def test_every_look_is_noted_for_those_whose_words_were_seen(database: Path) -> None:
    run("log", "--json", "--limit", "1")
    assert audit(database) == [("operator", "bram", 1)], "what was not asked for was not read"
    run("log", "--json", "--person", "anna")
    assert audit(database)[1:] == [("operator", "anna", 3)]


def test_a_long_log_comes_whole(database: Path) -> None:
    fill(database, *(a_reply(f"long-{number:03}", received_at=at(60 + number)) for number in range(450)))
    lines = json.loads(run("log", "--json").output)
    assert len(lines) == 450 + len(SHARED)
    assert [line["at"] for line in lines] == sorted((line["at"] for line in lines), reverse=True)


def test_an_empty_log_says_so_in_each_form(here: Path) -> None:
    assert run("log").output == "Nothing has been shared yet.\n"
    assert json.loads(run("log", "--json").output) == []
    assert run("log", "--csv").output.split() == [",".join(COLUMNS)]


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_where_nobody_agreed_yet_the_log_is_shut_and_says_what_to_do(here: Path, form: tuple[str, ...]) -> None:
    """Nothing is printed in the place of the log, so that what reads it takes nothing for words."""
    people = [each for each in cast() if not isinstance(each, Gate)]
    fill(here / "data" / "pitstop.db", *people, a_reply("r1", text=SECRET))
    told = run("log", *form)
    assert told.exit_code == 1
    assert SECRET not in told.output
    assert "w (Slack): nobody may read yet" in told.stderr
    assert "/coach reading" in told.stderr
    empty = {(): "", ("--json",): "[]\n", ("--csv",): ",".join(COLUMNS) + "\n"}
    assert told.stdout.replace("\r", "") == empty[form]


def test_a_shut_workspace_beside_an_open_one_is_named(database: Path) -> None:
    fill(database, a_workspace("other"))
    told = run("log", "--json")
    assert told.exit_code == 0
    assert len(json.loads(told.stdout)) == len(SHARED)
    assert "other (Slack): nobody may read yet" in told.stderr


# --- the file ---------------------------------------------------------------------------------------------------


def test_migrate_makes_the_database_for_its_user_alone_and_twice_is_no_harm(here: Path) -> None:
    for said in ("Made data/pitstop.db.\n", "data/pitstop.db is up to date: there was nothing to do.\n"):
        told = run("migrate")
        assert (told.exit_code, told.output) == (0, said)
    assert stat.S_IMODE((here / "data" / "pitstop.db").stat().st_mode) == 0o600


def test_an_env_file_is_read_and_the_environment_wins(here: Path) -> None:
    (here / ".env").write_text("PITSTOP_DATABASE_URL=sqlite:///from-file.db\nPORT=0\n")
    assert run("migrate", PORT="8080").exit_code == 0
    assert (here / "from-file.db").exists()
    assert "PORT" in run("migrate").stderr


def test_a_file_that_cannot_be_used_is_named_with_what_to_do(here: Path) -> None:
    (here / "folder.db").mkdir()
    (here / "file").write_text("")
    (here / "corrupt.db").write_text("not a database, but long enough to be taken for one" * 20)
    for url, reason in (
        ("folder.db", "it is a folder"),
        ("file/pitstop.db", "cannot be written"),  # no folder where one is needed: also root cannot write there
        ("corrupt.db", "it is not a database"),
        (":memory:", "needs a file"),
    ):
        for command in ("log", "migrate"):
            told = run(command, PITSTOP_DATABASE_URL=f"sqlite:///{url}")
            assert told.exit_code == 1
            assert told.stderr.startswith("Error: ")
            assert reason in told.stderr
            assert told.stdout == ""


def test_a_damaged_database_is_refused(database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(4096)  # past the header: the file still looks like a database
        file.write(b"\xff" * 8192)
    told = run("log")
    assert told.exit_code == 1
    assert "it is damaged" in told.stderr


@pytest.mark.parametrize(
    ("command", "table", "exit_code"),
    [
        ("log", "pulse", 0),  # it meets no broken page
        ("log", "reply", 1),
        ("export anna", "reply", 1),
        ("backup", "pulse", 1),  # a copy is checked from end to end
        ("migrate", "pulse", 1),  # what writes for good looks at the whole file first
        ("erase anna --yes", "pulse", 1),
        ("doctor", "pulse", 1),
    ],
)
def test_a_command_reads_the_whole_file_only_where_it_matters(
    database: Path, command: str, table: str, exit_code: int
) -> None:
    start = page(database, table)
    with database.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 4096)
    told = run(*command.split())
    assert told.exit_code == exit_code
    assert ("it is damaged" in told.output) is bool(exit_code)


@contextlib.contextmanager
def without_rights() -> Iterator[None]:
    """Permissions do not stop root: be nobody for a moment."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o444, 0o555), (0o666, 0o555)])
def test_a_read_only_database_or_folder_is_refused(database: Path, file_mode: int, folder_mode: int) -> None:
    database.parents[1].chmod(0o755)
    database.chmod(file_mode)
    database.parent.chmod(folder_mode)
    with without_rights():
        told = run("log")
    database.parent.chmod(0o755)
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: data/pitstop.db cannot be used")
    assert "Give Pitstop's user the right to write the file and its folder." in told.stderr


def test_an_address_of_another_engine_keeps_its_password_to_itself(here: Path) -> None:
    told = run("log", PITSTOP_DATABASE_URL="postgresql://pitstop:hush@db/pitstop")
    assert told.exit_code == 1
    assert "PITSTOP_DATABASE_URL" in told.stderr
    assert "hush" not in told.stderr


# --- serve and practice -----------------------------------------------------------------------------------------


def test_serve_without_configuration_lists_all_that_is_missing(here: Path) -> None:
    told = run("serve")
    assert told.exit_code == 1
    assert told.stdout == ""
    assert json.loads(told.stderr)["message"].startswith("Error: Pitstop cannot start yet:"), "a line of its log"
    assert "SLACK_BOT_TOKEN" in told.stderr
    assert "SLACK_SIGNING_SECRET" in told.stderr
    assert "TEAMS_CLIENT_ID" in told.stderr
    assert "Traceback" not in told.stderr
    assert list(here.iterdir()) == []


def test_a_port_in_use_is_one_clear_line(here: Path, taken_port: str) -> None:
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
    for command in ("practice", "serve"):
        told = run(command, PORT=taken_port, **slack)
        assert told.exit_code == 1
        assert told.stdout == ""
        assert told.stderr.count("\n") == 1
        said = json.loads(told.stderr)["message"] if command == "serve" else told.stderr
        assert said.startswith(f"Error: Port {taken_port} on 127.0.0.1 is in use")
    assert list(here.iterdir()) == [], "nothing was made before the port was sure"


def test_practice_opens_its_page_and_stops_when_told(tmp_path: Path, port: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "practice"],
        cwd=tmp_path,
        env=environment(PORT=port, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert told == f"Pitstop practices at http://127.0.0.1:{port}/practice  (stop with Ctrl-C)\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/practice", timeout=IN_THE_END) as page:
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=IN_THE_END)
    finally:
        process.kill()
    assert (process.returncode, rest, complaints) == (0, "", "")


@pytest.mark.parametrize(
    ("command", "there", "told"),
    [
        ("practice", a_workspace(), "holds a real workspace"),
        ("serve", a_workspace(practice=True), "holds a practice workspace"),
    ],
)
def test_practice_and_real_workspaces_do_not_share_a_file(
    here: Path, port: str, command: str, there: Workspace, told: str
) -> None:
    fill(here / "data" / "pitstop.db", there)
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    found = run(command, PORT=port, **slack)
    assert found.exit_code == 1
    assert found.stdout == ""
    assert told in found.stderr
    assert "PITSTOP_DATABASE_URL" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_practice_world_that_cannot_be_read_is_named(here: Path, port: str) -> None:
    (here / "data").mkdir()
    (here / "data" / "pitstop.db.practice.json").write_text("{")
    told = run("practice", PORT=port)
    assert told.exit_code == 1
    assert "remove it to begin anew" in told.stderr


async def test_the_log_shows_exactly_what_was_said_in_practice(world: World, tmp_path: Path) -> None:
    """A second process reads the file of the running one: what was shared, as it was typed, and nothing else."""
    await begin(world, "Grace", scope="coach")
    await world.join("Sanne", scope="private", language="nl")
    await world.driver.travel("2026-01-13T18:00")
    said = ["She laughed. <b>Really</b> & *truly*", "=1+1", "مرحبا 👋", "x" * 5000]
    for text in said:
        await world.driver.say("Grace", "dm", text)
    await world.driver.say("Sanne", "dm", "alleen voor mij")
    found = await asyncio.to_thread(bot, tmp_path, "log", "--json", PITSTOP_DATABASE_URL=world.database_url)
    assert found.returncode == 0, found.stderr
    entries = json.loads(found.stdout)
    assert [entry["text"] for entry in entries] == list(reversed(said))
    assert {(entry["name"].split()[0], entry["scope"], entry["item"], entry["week"]) for entry in entries} == {
        ("Grace", "coach", "people-before-systems", 1)
    }
