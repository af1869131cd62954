"""The desk's addresses."""

from starlette.convertors import PathConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk.desk import Desk
from bot.desk.guard import SecurityHeaders
from bot.desk.pages import cohort, conversation, log, mine, search, still, today
from bot.desk.render import STATIC
from bot.desk.request import NOT_FOUND

FILES = {"desk.css": "text/css", "fresh.js": "text/javascript", "icon.svg": "image/svg+xml"}
EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # else the answer to an odd one had no headers
WITH_HEADERS = [Middleware(SecurityHeaders)]


class _Anything(PathConvertor):
    """Also what has a line break in it, which no other route takes."""

    regex = r"[\s\S]*"


def desk_routes(desk: Desk) -> list[BaseRoute]:
    """Return the desk's addresses; they stand where a public address is set."""
    pages = {
        "/desk": today.today,
        "/desk/": today.today,
        "/desk/log": log.log,
        "/desk/log.csv": log.as_csv,
        "/desk/log.json": log.as_json,
        "/desk/log/search": search.back,
        "/desk/line/{line}": conversation.read,
        "/desk/cohort": cohort.cohort,
        "/desk/me": mine.mine,
        "/desk/me/looks": mine.looks,
        "/desk/me/export.csv": mine.as_csv,
        "/desk/me/export.json": mine.as_json,
    }
    posts = {
        "/desk/out": desk.sign_out,
        "/desk/log/search": search.look_for,
        "/desk/line/{line}": conversation.answering(desk.wake),
        "/desk/word/{request}": today.take,
        "/desk/cohort/out/{line}": cohort.leave_out,
        "/desk/cohort/back/{line}": cohort.restore,
    }
    register_url_convertor("anything", _Anything())
    return [
        Route("/desk/static/{name}", _file, methods=["GET"], middleware=WITH_HEADERS),
        Route("/desk/in/{token}", desk.entrance, methods=["GET"], middleware=WITH_HEADERS),
        Route("/desk/in", desk.sign_in, methods=["POST"], middleware=WITH_HEADERS),
        *(Route(path, desk.known(answer), methods=["GET"], middleware=WITH_HEADERS) for path, answer in pages.items()),
        *(Route(path, desk.known(answer), methods=["POST"], middleware=WITH_HEADERS) for path, answer in posts.items()),
        Route("/desk/still", desk.known(still.still, is_quiet=True), methods=["GET"], middleware=WITH_HEADERS),
        Route("/desk", desk.lost, methods=EVERY_METHOD, middleware=WITH_HEADERS),
        Route("/desk/{rest:anything}", desk.lost, methods=EVERY_METHOD, middleware=WITH_HEADERS),
    ]


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return Response(status_code=NOT_FOUND)
    return FileResponse(STATIC / name, media_type=FILES[name], headers={"Cache-Control": "no-cache"})
