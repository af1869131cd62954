"""One line of the log with what came before it, and the coach's answer."""

from collections.abc import Callable

from starlette.responses import Response

from bot.desk.request import Answer, DeskRequest, to
from bot.flows.coach.answer import LONGEST
from bot.flows.desk import conversation as flow
from bot.flows.desk.conversation import Wrong

UNPROCESSABLE = 422


async def read(request: DeskRequest) -> Response:
    """Show a conversation; to who may not read it there is none."""
    return await _shown(request, None)


def answering(wake: Callable[[], None]) -> Answer:
    """Return what sends a coach's answer on its way; `wake` has it sent at once."""

    async def answer(request: DeskRequest) -> Response:
        line = request.http.path_params["line"]
        wrong = await flow.answer(request.ports, request.visitor, line, request.form.get("text", ""))
        if wrong is not None:
            return await _shown(request, wrong)
        wake()
        return to(request.http.url.path, sent="yes")

    return answer


async def _shown(request: DeskRequest, wrong: Wrong | None) -> Response:
    found = await flow.conversation(request.ports, request.visitor, request.http.path_params["line"])
    if found is None:
        # What was typed stays readable: nothing else has it.
        return request.page("gone", status=404, typed=wrong.typed if wrong else "")
    return request.page(
        "conversation",
        status=UNPROCESSABLE if wrong else 200,
        it=found,
        wrong=wrong,
        longest=LONGEST,
        is_sent=request.query.get("sent") == "yes",
    )
