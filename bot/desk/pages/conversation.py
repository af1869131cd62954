"""One line of the log with what came before it, and the coach's answer."""

from collections.abc import Callable

from starlette.responses import Response

from bot.desk.asked import Answer, Asked, to
from bot.flows.coach.answer import LONGEST
from bot.flows.desk import conversation as flow
from bot.flows.desk.conversation import Wrong

UNPROCESSABLE = 422


async def read(asked: Asked) -> Response:
    """Show a conversation; to who may not read it there is none."""
    return await _shown(asked, None)


def answering(wake: Callable[[], None]) -> Answer:
    """Return what sends a coach's answer on its way; `wake` has it sent at once."""

    async def answer(asked: Asked) -> Response:
        line = asked.request.path_params["line"]
        wrong = await flow.answer(asked.ports, asked.visitor, line, asked.form.get("text", ""))
        if wrong is not None:
            return await _shown(asked, wrong)
        wake()
        return to(asked.request.url.path, sent="yes")

    return answer


async def _shown(asked: Asked, wrong: Wrong | None) -> Response:
    found = await flow.conversation(asked.ports, asked.visitor, asked.request.path_params["line"])
    if found is None:
        # What was typed stays readable: nothing else has it.
        return asked.page("gone", status=404, typed=wrong.typed if wrong else "")
    return asked.page(
        "conversation",
        status=UNPROCESSABLE if wrong else 200,
        it=found,
        wrong=wrong,
        longest=LONGEST,
        is_sent=asked.query.get("sent") == "yes",
    )
