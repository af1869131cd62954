"""The table of what goes when."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from bot.coaching.records.enrollment import EnrollmentState
from bot.commands.retention import planned
from bot.store.open import open_store
from bot.store.port.retention import Away, Ended
from tests.commands.cli import fill, run
from tests.store.scene import T0, a_cohort, a_member, a_workspace, an_enrollment


def test_what_ended_and_who_is_away_go_on_a_day_the_soonest_first() -> None:
    ended = [Ended(workspace="Acme", channel="#it", ended_at=T0, words_days=60, runs=4)]
    away = [
        Away(workspace="w", member="anna", since=T0),
        Away(workspace="w", member="bram", since=T0 + timedelta(hours=1)),
        Away(workspace="w2", member=None, since=T0 + timedelta(days=5)),
    ]
    found = planned(ended, away, {"w": "Acme", "w2": "Bolt"})
    assert [(each.on, each.what, each.where, each.people) for each in found] == [
        (f"{T0 + timedelta(days=30):%Y-%m-%d}", "people whose account is switched off", "Acme", 2),
        (f"{T0 + timedelta(days=35):%Y-%m-%d}", "all of a workspace that removed the app", "Bolt", None),
        (f"{T0 + timedelta(days=60):%Y-%m-%d}", "words", "Acme, #it", 4),
        (f"{T0 + timedelta(days=365):%Y-%m-%d}", "everything else", "Acme, #it", 4),
    ]


def test_the_command_shows_rules_and_days_and_nobodys_name(here: Path) -> None:
    file = here / "data" / "pitstop.db"
    run_that_ended = an_enrollment("anna", state=EnrollmentState.LEFT, ended_at=T0)
    fill(file, a_workspace(), a_member("anna"), a_cohort(), run_that_ended)
    told = json.loads(run("retention", "--json").output)
    assert {each["days"] for each in told["rules"]} == {30, 90, 365}
    assert [each["what"] for each in told["going"]] == ["words", "everything else"]
    shown = run("retention").output
    assert "90 days after" in shown
    assert f"{T0 + timedelta(days=90):%Y-%m-%d}" in shown
    assert "nna" not in shown
    fill(here / "none.db", a_workspace())
    assert "no day is set" in run("retention", PITSTOP_DATABASE_URL=f"sqlite:///{here}/none.db").output


def test_a_team_keeps_words_for_fewer_days_and_never_for_more(here: Path) -> None:
    file = here / "data" / "pitstop.db"
    fill(file, a_workspace(), a_member("anna"), a_cohort(channel_name="#it"), a_cohort("d", channel_name="#hr"))
    assert run("retention", "--team", "it", "--words-days", "30", "--json").exit_code == 0
    assert days_of(file) == {"#it": 30, "#hr": 90}
    more = run("retention", "--team", "#it", "--words-days", "60")
    assert (more.exit_code, "told 30 days" in more.output) == (1, True)
    assert run("retention", "--team", "#nowhere", "--words-days", "60").exit_code == 1
    for wrong in (("--team", "#it"), ("--words-days", "9"), ("--team", "#it", "--words-days", "91")):
        assert run("retention", *wrong).exit_code == 2
    assert days_of(file) == {"#it": 30, "#hr": 90}


def days_of(file: Path) -> dict[str, int]:
    """Return for how many days each team keeps words."""

    async def read() -> dict[str, int]:
        store = open_store(file)
        found = {each.channel_name: each.words_days for each in await store.teams()}
        await store.close()
        return found

    return asyncio.run(read())
