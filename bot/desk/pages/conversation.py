"""One line of the log with what came before it, and the coach's answer."""

from collections.abc import Callable

from starlette.responses import Response

from bot.desk.pages.log import view_asked
from bot.desk.request import NOT_FOUND, OK, UNPROCESSABLE, Answer, DeskRequest, to
from bot.flows.coach.answer import LONGEST
from bot.flows.desk import conversation as flow
from bot.flows.desk.conversation import Wrong
from bot.flows.desk.view import Pairs


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
        return to(request.http.url.path, _way_back(request), sent="yes")

    return answer


def _way_back(request: DeskRequest) -> Pairs:
    """Return the address of the part of the log that the line was opened from."""
    view = view_asked(request)
    return view.here if view else []


async def _shown(request: DeskRequest, wrong: Wrong | None) -> Response:
    found = await flow.conversation(request.ports, request.visitor, request.http.path_params["line"])
    if found is None:
        # What was typed stays readable: nothing else has it.
        return request.page("gone", status=NOT_FOUND, typed=wrong.typed if wrong else "", back=_way_back(request))
    view = view_asked(request)
    is_from_there = view is not None and view.cohort.id == found.about.cohort.id
    return request.page(
        "conversation",
        status=UNPROCESSABLE if wrong else OK,
        it=found,
        wrong=wrong,
        longest=LONGEST,
        phrase=view.phrase if view else None,
        back=_way_back(request) if is_from_there else [("cohort", found.about.cohort.id)],
        is_sent=request.query.get("sent") == "yes",
    )
