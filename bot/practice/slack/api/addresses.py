"""The addresses that the app calls: Web API, response_url, upload and download."""

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.practice import faults
from bot.practice.slack.api import call, files, responses
from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json

LARGEST_CALL = 1_000_000  # bytes
NOT_FOUND = 404
TOO_LARGE = 413

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(site: Site, find_fault: faults.Faults) -> list[Route]:
    """Return the app's side of the practice workspace."""

    async def method(request: Request) -> Response:
        name = request.path_params["method"]
        values = await _values(request)
        arguments = Arguments(values, base=base_of(request))

        async def run() -> Response:
            answer = call(site, name, arguments, _token(request, values))
            return JSONResponse(answer, headers={"x-oauth-scopes": ",".join(sorted(site.scopes))})

        return await _with_fault(find_fault(name, values), run)

    async def response(request: Request) -> Response:
        values = await _values(request)

        async def run() -> Response:
            responses.use(site, request.path_params["name"], values)
            return PlainTextResponse("ok")

        return await _with_fault(find_fault("response_url", values), run)

    async def upload(request: Request) -> Response:
        content = await _body(request, files.LARGEST)
        name = request.path_params["name"]

        async def run() -> Response:
            found = site.uploads.get(name)
            if found is None:
                raise Refusal("file_not_found", status=NOT_FOUND)
            found.content = content
            return PlainTextResponse(f"OK - {len(content)}")

        return await _with_fault(find_fault("upload", {"file": name}), run)

    async def download(request: Request) -> Response:
        found = site.world.files.get(request.path_params["name"])
        if found is None:
            raise Refusal("file_not_found", status=NOT_FOUND)
        name = json.dumps(found.name).strip('"').encode("ascii", "replace").decode()
        return Response(
            base64.b64decode(found.content),
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    return [
        Route("/slack/api/{method}", _answered(method), methods=["GET", "POST"]),
        Route("/slack/response/{name}", _answered(response), methods=["POST"]),
        Route("/slack/upload/{name}", _answered(upload), methods=["POST"]),
        Route("/slack/file/{name}", _answered(download), methods=["GET"]),
    ]


def base_of(request: Request) -> str:
    """Return the address of the practice workspace as its caller knows it."""
    return str(request.base_url).rstrip("/").removesuffix("/practice") + "/practice"


def refused(refusal: Refusal) -> JSONResponse:
    """Return Slack's answer to what it will not do."""
    answer: Json = {"ok": False, "error": refusal.error, **refusal.extra}
    if refusal.messages:
        answer["response_metadata"] = {"messages": list(refusal.messages)}
    return JSONResponse(answer, status_code=refusal.status, headers=refusal.headers)


def _answered(endpoint: Endpoint) -> Endpoint:
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return refused(refusal)

    return answered


async def _with_fault(fault: faults.Fault | None, run: Callable[[], Awaitable[Response]]) -> Response:
    if fault is None:
        return await run()
    answer = Response()
    await fault.held()
    if fault.accept or fault.is_late_only:
        try:
            answer = await run()
        except Refusal as refusal:
            answer = refused(refusal)
    return await faults.spoil(fault, answer)


async def _values(request: Request) -> dict[str, Any]:
    """Return what was asked, from the query, a form or JSON."""
    values: dict[str, Any] = dict(request.query_params)
    body = await _body(request, LARGEST_CALL)
    if "json" in request.headers.get("content-type", ""):
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            given = None
        if isinstance(given, dict):
            values |= given
    elif body:
        values |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return values


async def _body(request: Request, most: int) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > most:
            raise Refusal("request_too_large", status=TOO_LARGE)
    return bytes(parts)


def _token(request: Request, values: Mapping[str, Any]) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token
    given = values.get("token")
    return given if isinstance(given, str) else None
