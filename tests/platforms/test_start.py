"""What passes at the start ends no process: Slack is asked again, later each time, beside all else."""

from pathlib import Path

import pytest

from bot.commands.by_platform import joins
from bot.practice.faults import Fault
from bot.runtime.app import Duty, serving
from bot.settings import Settings
from tests.conftest import World
from tests.waiting import a_while, go_on, turns, until

pytestmark = pytest.mark.slack("Teams is not asked at the start")

JSON = {"Content-Type": "application/json"}
PASSING = {
    "not there": Fault(status=503),
    "too many": Fault(status=429, headers={**JSON, "Retry-After": "20"}, body=b'{"ok": false, "error": "ratelimited"}'),
    "Slack's own trouble": Fault(status=200, headers=JSON, body=b'{"ok": false, "error": "internal_error"}'),
    "the connection breaks": Fault(drop=True),
}


def settings_for(world: World, folder: Path) -> Settings:
    """Return the settings of a process whose Slack is the practice one."""
    return Settings(
        database_url=f"sqlite:///{folder}/served.db",
        secret_keys=("k" * 43,),
        slack_bot_token="xoxb-practice",
        slack_signing_secret="practice",
        slack_api_url=f"{world.url}/practice/slack/api/",
    )


@pytest.mark.parametrize("passing", PASSING)
async def test_slack_is_asked_whose_token_it_is_until_it_answers(world: World, tmp_path: Path, passing: str) -> None:
    world.line.faults["auth.test"] = [PASSING[passing]] * 3
    settings = settings_for(world, tmp_path)
    app = serving(settings, joins(settings), Duty.WEB)
    async with app.router.lifespan_context(app):
        store = app.state.bot.ports.store
        assert await store.workspaces() == []

        async def is_known() -> bool:
            go_on(1)
            await turns()
            return len(await store.workspaces()) == 1

        await until(is_known)
    assert len([method for method, _ in world.line.calls if method == "auth.test"]) == 5, "and once for its name"


async def test_a_token_that_is_refused_is_not_tried_again(world: World, tmp_path: Path) -> None:
    refusal = Fault(status=200, headers=JSON, body=b'{"ok": false, "error": "token_revoked"}')
    world.line.faults["auth.test"] = [refusal] * 3
    settings = settings_for(world, tmp_path)
    app = serving(settings, joins(settings), Duty.WEB)
    async with app.router.lifespan_context(app):
        for _ in range(3):
            go_on(100)
            await a_while(0.1)
    assert len([method for method, _ in world.line.calls if method == "auth.test"]) == 1
