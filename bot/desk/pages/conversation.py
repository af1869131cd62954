"""One line of the log with what came before it, and the coach's answer."""

from collections.abc import Callable

from starlette.responses import Response

from bot.desk.asked import NOT_FOUND, OK, UNPROCESSABLE, Answer, Asked, to
from bot.desk.pages.log import view_asked
from bot.flows.coach.answer import LONGEST
from bot.flows.desk import conversation as flow
from bot.flows.desk.conversation import Wrong
from bot.flows.desk.view import Pairs


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
        return to(asked.request.url.path, _way_back(asked), sent="yes")

    return answer


def _way_back(asked: Asked) -> Pairs:
    """Return the address of the part of the log that the line was opened from."""
    view = view_asked(asked)
    return view.here if view else []


async def _shown(asked: Asked, wrong: Wrong | None) -> Response:
    found = await flow.conversation(asked.ports, asked.visitor, asked.request.path_params["line"])
    if found is None:
        # What was typed stays readable: nothing else has it.
        return asked.page("gone", status=NOT_FOUND, typed=wrong.typed if wrong else "", back=_way_back(asked))
    view = view_asked(asked)
    is_from_there = view is not None and view.cohort.id == found.about.cohort.id
    return asked.page(
        "conversation",
        status=UNPROCESSABLE if wrong else OK,
        it=found,
        wrong=wrong,
        longest=LONGEST,
        phrase=view.phrase if view else None,
        back=_way_back(asked) if is_from_there else [("cohort", found.about.cohort.id)],
        is_sent=asked.query.get("sent") == "yes",
    )
