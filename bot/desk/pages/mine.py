"""A member's own page, who read their words, and all there is about them as a file."""

from starlette.responses import Response

from bot.desk.download import attached, is_requested_here
from bot.desk.request import DeskRequest
from bot.flows.desk import mine as flow
from bot.flows.desk.place import place_from
from bot.flows.privacy.export import taken_along, with_meanings
from bot.flows.privacy.sheet import as_csv as sheet_of

LONGEST = 200  # characters of a place in an address


async def mine(request: DeskRequest) -> Response:
    """Show somebody what is kept about them."""
    before = place_from(request.query.get("before", "")[:LONGEST])
    return request.page("mine", mine=await flow.mine(request.ports, request.visitor, before))


async def looks(request: DeskRequest) -> Response:
    """Show somebody who read their words."""
    before = request.query.get("before", "")[:LONGEST]
    return request.page("looks", looks=await flow.looks(request.ports, request.visitor, before))


async def as_csv(request: DeskRequest) -> Response:
    """Hand all of it over as a sheet."""
    return await _file(request, "csv")


async def as_json(request: DeskRequest) -> Response:
    """Hand all of it over for machines."""
    return await _file(request, "json")


async def _file(request: DeskRequest, ending: str) -> Response:
    if not is_requested_here(request):
        return request.missing()
    member, language = request.visitor.member, request.visitor.language
    tables = await taken_along(request.ports, member, request.ports.new_id())
    made = sheet_of if ending == "csv" else with_meanings
    return Response(made(tables, request.ports.words, language), headers=attached(request, "me", ending))
