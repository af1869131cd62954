"""The addresses that the bot calls: conversations, activities and members; what goes wrong is written as Teams does."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.practice import faults
from bot.practice.slack.api.rules import Refusal
from bot.practice.teams.api import roster
from bot.practice.teams.api.rules import (
    BAD_REQUEST,
    FORBIDDEN,
    NOT_FOUND,
    TOO_LARGE,
    UNAUTHORIZED,
    open_to_bot,
    refuse,
    refused,
    require_active,
    require_room,
    require_size,
)
from bot.practice.teams.cards.posts import post_of, posts_of
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import TENANT, THREAD_MARK, Json, Kind, Post

LARGEST_CALL = 1_000_000  # bytes
CREATED = 201
ACCEPTED = 202

Act = Callable[[Request, Json], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


class Connector:
    """Does what the bot asks for."""

    def __init__(self, site: TeamsSite, find_fault: faults.Faults) -> None:
        """Work on a site; `find_fault` tells which calls go wrong."""
        self._site = site
        self._find_fault = find_fault

    def routes(self) -> list[Route]:
        """Return the bot's side of the practice Teams."""
        talk = "/connector/v3/conversations"
        one = talk + "/{conversation}/activities/{activity}"
        return [
            Route(talk, self._endpoint("create", self._create), methods=["POST"]),
            Route(talk + "/{conversation}/activities", self._endpoint("send", self._send), methods=["POST"]),
            Route(one, self._endpoint("send", self._send), methods=["POST"]),
            Route(one, self._endpoint("update", self._update), methods=["PUT"]),
            Route(one, self._endpoint("delete", self._delete), methods=["DELETE"]),
            Route(talk + "/{conversation}/members", self._endpoint("members", self._members), methods=["GET"]),
            Route(talk + "/{conversation}/pagedmembers", self._endpoint("members", self._paged), methods=["GET"]),
            Route(talk + "/{conversation}/pagedMembers", self._endpoint("members", self._paged), methods=["GET"]),
            Route(talk + "/{conversation}/members/{member}", self._endpoint("member", self._member), methods=["GET"]),
            Route("/connector/v3/teams/{team}", self._endpoint("team", self._team), methods=["GET"]),
            Route("/connector/v3/teams/{team}/conversations", self._endpoint("team", self._channels), methods=["GET"]),
        ]

    # --- conversations and activities

    def _create(self, request: Request, body: Json) -> Response:
        del request
        channel = (_record(body, "channelData").get("channel") or {}).get("id")
        if channel is not None:
            return self._begin_thread(str(channel), _record(body, "activity"))
        members = body.get("members")
        if body.get("isGroup") or not isinstance(members, list) or len(members) != 1:
            raise refuse("BadSyntax", BAD_REQUEST, "One member is needed.")
        tenant = body.get("tenantId") or (_record(body, "channelData").get("tenant") or {}).get("id")
        if tenant != TENANT:
            raise refuse("NotEnoughPermissions", FORBIDDEN)
        person = self._site.world.who(str(_record({"member": members[0]}, "member").get("id")))
        personal = self._site.world.personal(person.id) if person else None
        if person is None or personal is None:
            raise refuse("MemberNotFoundInConversation", NOT_FOUND)
        require_active(person)
        if not self._site.world.has_bot(personal):
            raise refuse("ForbiddenOperationException", FORBIDDEN)
        self._site.world.made(personal.id)
        answer: Json = {"id": personal.id}
        if body.get("activity"):
            answer["activityId"] = self._show(personal.id, None, _record(body, "activity"))
        return JSONResponse(answer, CREATED)

    def _begin_thread(self, channel: str, activity: Json) -> Response:
        found, thread = open_to_bot(self._site.world, channel)
        if found.kind is not Kind.CHANNEL or thread:
            raise refuse("ConversationNotFound", NOT_FOUND)
        name = self._show(found.id, None, activity)
        return JSONResponse({"id": f"{found.id}{THREAD_MARK}{name}", "activityId": name}, CREATED)

    def _send(self, request: Request, body: Json) -> Response:
        conversation, thread = self._open(request)
        if body.get("type") == "typing":
            return JSONResponse({}, ACCEPTED)
        return JSONResponse({"id": self._show(conversation, thread, body)}, CREATED)

    def _update(self, request: Request, body: Json) -> Response:
        before = self._own(request)
        if not self._site.policy.may_change(before.posted_at, self._site.now()):
            raise refuse("MessageWritesBlocked", FORBIDDEN)
        after = post_of(self._site.bot, before.conversation, before.id, body)
        self._site.world.put(replace(after, thread=before.thread, edited=True))
        self._site.changed()
        return JSONResponse({"id": before.id})

    def _delete(self, request: Request, body: Json) -> Response:
        del body
        post = self._own(request)
        if not self._site.policy.may_remove:
            raise refuse("MessageWritesBlocked", FORBIDDEN)
        self._site.world.take(post)
        self._site.changed()
        return Response()

    def _show(self, conversation: str, thread: str | None, activity: Json) -> str:
        """Post an activity; what has words beside its card becomes two messages, and the card's id is told."""
        name = ""
        for post in posts_of(self._site, conversation, activity):
            name = self._site.world.put(replace(post, thread=thread)).id
        self._site.changed()
        return name

    def _own(self, request: Request) -> Post:
        conversation, _ = self._open(request)
        post = self._site.world.post(conversation, request.path_params["activity"])
        if post is None or post.deleted:
            raise refuse("ActivityNotFoundInConversation", NOT_FOUND)
        if post.author != self._site.bot:
            raise refuse("NotEnoughPermissions", FORBIDDEN)
        return post

    def _open(self, request: Request) -> tuple[str, str | None]:
        found, thread = open_to_bot(self._site.world, request.path_params["conversation"])
        return found.id, thread

    # --- who and where

    def _members(self, request: Request, body: Json) -> Response:
        del body
        return JSONResponse(roster.members(self._site.world, request.path_params["conversation"]))

    def _paged(self, request: Request, body: Json) -> Response:
        del body
        return JSONResponse({"members": roster.members(self._site.world, request.path_params["conversation"])})

    def _member(self, request: Request, body: Json) -> Response:
        del body
        where, who = request.path_params["conversation"], request.path_params["member"]
        return JSONResponse(roster.member(self._site.world, where, who))

    def _team(self, request: Request, body: Json) -> Response:
        del body
        return JSONResponse(roster.team(self._site.world, request.path_params["team"]))

    def _channels(self, request: Request, body: Json) -> Response:
        del body
        return JSONResponse(roster.channels(self._site.world, request.path_params["team"]))

    # --- how a call goes

    def _endpoint(self, method: str, act: Act) -> Endpoint:
        async def answered(request: Request) -> Response:
            try:
                self._require_token(request)
                body = await _body(request)
            except Refusal as refusal:
                return refused(refusal)

            def run() -> Response:
                try:
                    where = request.path_params.get("conversation", "")
                    require_room(self._site.limits, method, where, self._site.now())
                    require_size(body)
                    return act(request, body)
                except Refusal as refusal:
                    return refused(refusal)

            return await with_fault(self._find_fault(method, {**request.path_params, **body}), run)

        return answered

    def _require_token(self, request: Request) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or token != self._site.token:
            raise refuse("Authorization", UNAUTHORIZED)


async def with_fault(fault: faults.Fault | None, run: Callable[[], Response]) -> Response:
    """Return the answer of a call, spoiled as the fault says."""
    if fault is None:
        return run()
    await fault.held()
    answer = run() if fault.accept or fault.is_late_only else Response()
    return await faults.spoil(fault, answer)


async def _body(request: Request) -> Json:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > LARGEST_CALL:
            raise refuse("MessageSizeTooBig", TOO_LARGE)
    if not parts:
        return {}
    try:
        given = json.loads(parts)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise refuse("BadSyntax", BAD_REQUEST)
    return given


def _record(body: Json, name: str) -> Json:
    found = body.get(name)
    if found is not None and not isinstance(found, dict):
        raise refuse("BadSyntax", BAD_REQUEST)
    return found or {}
