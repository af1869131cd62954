"""The coach's log, and the same view of it as a file."""

import json
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from bot.desk.download import attached, is_requested_here
from bot.desk.request import OK, UNPROCESSABLE, DeskRequest
from bot.flows.desk import log as flow
from bot.flows.desk.line import ShownLine
from bot.flows.desk.log_file import exported
from bot.flows.desk.phrase import LONGEST
from bot.flows.desk.search import Refused
from bot.flows.desk.view import View, view_of
from bot.flows.privacy.spreadsheet import as_sheet

_as_json = json.JSONEncoder(ensure_ascii=False).encode
COLUMNS = ("day", "hour", "name", "about", "kind", "question", "above", "text")


async def log(request: DeskRequest) -> Response:
    """Show a page of the log, or of what was looked for in it."""
    view = view_asked(request)
    return request.missing() if view is None else await shown(request, view)


def view_asked(request: DeskRequest) -> View | None:
    """Return what the address asks for; None when it names a log that is not theirs."""
    visitor = request.visitor
    return view_of(visitor.about.coached, request.pairs, visitor.session.searches)


async def shown(request: DeskRequest, view: View, wrong: Refused | None = None) -> Response:
    """Show a view, with what is wrong with what was to be looked for in it."""
    found = await flow.page(request.ports, request.visitor, view)
    if found is None:
        return request.page("shut")
    status = UNPROCESSABLE if wrong else OK
    searches = request.visitor.session.searches
    return request.page("log", status=status, log=found, wrong=wrong, longest=LONGEST, searches=searches)


async def as_csv(request: DeskRequest) -> Response:
    """Hand the view over as a sheet."""
    return await _file(request, "csv")


async def as_json(request: DeskRequest) -> Response:
    """Hand the view over for machines."""
    return await _file(request, "json")


async def _file(request: DeskRequest, ending: str) -> Response:
    view = view_asked(request)
    if view is None or not is_requested_here(request):
        return request.missing()
    if await request.ports.store.gate(request.visitor.member.workspace) is None:
        return request.page("shut")
    parts = _sheet(request, view) if ending == "csv" else _document(request, view)
    return StreamingResponse(parts, headers=attached(request, "log", ending))


async def _sheet(request: DeskRequest, view: View) -> AsyncIterator[bytes]:
    say, language = request.ports.words.say, request.visitor.language
    yield as_sheet([[say(f"desk-column-{name}", language) for name in COLUMNS]]).encode("utf-8-sig")
    async for lines in exported(request.ports, request.visitor, view):
        yield as_sheet(_values(each) for each in lines).encode()


async def _document(request: DeskRequest, view: View) -> AsyncIterator[bytes]:
    """Yield one JSON list, a line of the log on each line."""
    start = b"["
    async for lines in exported(request.ports, request.visitor, view):
        for each in lines:
            told = {"id": each.id, "at": each.at.isoformat(), "person": each.person}
            told |= zip(COLUMNS, _values(each), strict=True)
            yield start + b"\n" + _as_json(told).encode()
            start = b","
    yield b"[]\n" if start == b"[" else b"\n]\n"


def _values(line: ShownLine) -> tuple[str, ...]:
    """Return what people read of a line, in the order of the columns."""
    return line.day, line.hour, line.name, line.about, line.kind, "\n".join(line.questions), line.above, line.text
