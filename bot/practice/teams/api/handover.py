"""Files: the bot offers one, a person takes it or not, the bot uploads it, and it can be read."""

import base64
import json
import re
import uuid
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.practice import faults
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.teams import activities
from bot.practice.teams.api.connector import with_fault
from bot.practice.teams.api.rules import BAD_REQUEST, NOT_FOUND, TOO_LARGE, refuse, refused
from bot.practice.teams.cards.posts import ASKED
from bot.practice.teams.courier import Courier
from bot.practice.teams.deeds.asked import shown
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import File, Json

LARGEST = 4_000_000  # bytes in one piece
CREATED = 201
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Handover:
    """Offers of files, answered once; what is uploaded is kept."""

    def __init__(self, site: TeamsSite, courier: Courier, find_fault: faults.Faults) -> None:
        """Work on a site and bring to the bot; `find_fault` tells which uploads go wrong."""
        self._site = site
        self._courier = courier
        self._find_fault = find_fault

    def routes(self) -> list[Route]:
        """Return the addresses of files."""
        return [
            Route("/upload/{name}", self.upload, methods=["PUT"]),
            Route("/file/{name}", self.download, methods=["GET"]),
        ]

    async def accept(self, asked: Asked) -> Json:
        """Take the file that is offered."""
        return await self._answer(asked, takes=True)

    async def decline(self, asked: Asked) -> Json:
        """Not take the file that is offered."""
        return await self._answer(asked, takes=False)

    async def upload(self, request: Request) -> Response:
        """Take a file's content, once and in one piece."""
        parts = bytearray()
        async for part in request.stream():
            parts += part
            if len(parts) > LARGEST:
                return refused(refuse("MessageSizeTooBig", TOO_LARGE))
        name, content = request.path_params["name"], bytes(parts)

        def run() -> Response:
            found = self._site.world.files.get(name)
            if found is None or found.is_there:
                return refused(refuse("ServiceError", NOT_FOUND))
            if not _is_whole(request.headers.get("content-range", ""), len(content)):
                return refused(refuse("BadSyntax", BAD_REQUEST, "Content-Range must name the whole file."))
            kept = base64.b64encode(content).decode()
            self._site.world.files[name] = replace(found, content=kept, is_there=True)
            self._site.changed()
            return JSONResponse({"id": name, "name": found.name, "size": len(content)}, CREATED)

        return await with_fault(self._find_fault("upload", {"file": name}), run)

    async def download(self, request: Request) -> Response:
        """Return a file."""
        found = self._site.world.files.get(request.path_params["name"])
        if found is None or not found.is_there:
            return refused(refuse("ServiceError", NOT_FOUND))
        name = json.dumps(found.name).strip('"').encode("ascii", "replace").decode()
        return Response(
            base64.b64decode(found.content),
            media_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )

    async def _answer(self, asked: Asked, *, takes: bool) -> Json:
        person, post = shown(self._site, asked)
        offer = post.file
        if offer is None or offer["kind"] != "consent":
            raise Refusal("file_not_found")
        if offer["state"] != ASKED and not asked.body.get("forged"):
            raise Refusal("already_answered")
        file = File(id=str(uuid.uuid4()), name=offer["name"], person=person.id) if takes else None
        if file:
            self._site.world.files[file.id] = file
        self._site.world.put(replace(post, file={**offer, "state": "accepted" if takes else "declined"}))
        self._site.changed()
        ack = await self._courier.invoke(activities.answered_file(self._site, person, post, file))
        if not ack.is_good:
            raise Refusal(ack.error)
        return {}


def _is_whole(given: str, size: int) -> bool:
    found = RANGE.fullmatch(given)
    return found is not None and [int(each) for each in found.groups()] == [0, size - 1, size]
