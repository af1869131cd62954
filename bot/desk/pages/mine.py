"""A member's own page, who read their words, and all there is about them as a file."""

from starlette.responses import Response

from bot.desk.asked import Asked
from bot.desk.download import attached, is_asked_for_here
from bot.flows.desk import mine as flow
from bot.flows.desk.place import place_from
from bot.flows.privacy.export import taken_along, with_meanings
from bot.flows.privacy.sheet import as_csv as sheet_of

LONGEST = 200  # characters of a place in an address


async def mine(asked: Asked) -> Response:
    """Show somebody what is kept about them."""
    before = place_from(asked.query.get("before", "")[:LONGEST])
    return asked.page("mine", mine=await flow.mine(asked.ports, asked.visitor, before))


async def looks(asked: Asked) -> Response:
    """Show somebody who read their words."""
    before = asked.query.get("before", "")[:LONGEST]
    return asked.page("looks", looks=await flow.looks(asked.ports, asked.visitor, before))


async def as_csv(asked: Asked) -> Response:
    """Hand all of it over as a sheet."""
    return await _file(asked, "csv")


async def as_json(asked: Asked) -> Response:
    """Hand all of it over for machines."""
    return await _file(asked, "json")


async def _file(asked: Asked, ending: str) -> Response:
    if not is_asked_for_here(asked):
        return asked.missing()
    member, language = asked.visitor.member, asked.visitor.language
    tables = await taken_along(asked.ports, member, asked.ports.new_id())
    made = sheet_of if ending == "csv" else with_meanings
    return Response(made(tables, asked.ports.words, language), headers=attached(asked, "me", ending))
