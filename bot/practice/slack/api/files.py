"""files.*: announce, upload, complete."""

import base64

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.chat import LONGEST_TEXT, content
from bot.practice.slack.api.method import Method
from bot.practice.slack.api.rules import Refusal, writable
from bot.practice.slack.shapes import file_shape
from bot.practice.slack.site import Site, Upload
from bot.practice.slack.world import BOT_USER, File, Json, Post, new_id

LARGEST = 10_000_000  # bytes


def announce(site: Site, arguments: Arguments) -> Json:
    """Return the address to which a file can be sent."""
    name = arguments.need("filename")
    if not 0 < arguments.number("length", 0) <= LARGEST:
        raise Refusal("invalid_arguments", messages=["[ERROR] invalid length [json-pointer:/length]"])
    upload = Upload(id=new_id("F"), name=name)
    site.uploads[upload.id] = upload
    return {"file_id": upload.id, "upload_url": f"{arguments.base}/slack/upload/{upload.id}"}


def complete(site: Site, arguments: Arguments) -> Json:
    """Share what was uploaded, in a conversation or nowhere yet."""
    listed = arguments.json("files", error="invalid_arguments")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed) or not listed:
        raise Refusal("invalid_arguments", messages=["[ERROR] missing required field: files"])
    uploads = [_uploaded(site, str(each.get("id"))) for each in listed]
    channel = arguments.text("channel_id") or arguments.text("channels")
    conversation = writable(site.world, channel) if channel else None
    files = [_file(upload) for upload in uploads]
    for file in files:
        site.world.files[file.id] = file
        del site.uploads[file.id]
    if conversation:
        text, blocks = content(
            Arguments({"text": arguments.text("initial_comment")}, base=arguments.base), empty_is_fine=True
        )
        site.world.put(
            Post(
                ts=site.next_ts(),
                channel=conversation.id,
                user=BOT_USER,
                text=text[:LONGEST_TEXT],
                blocks=blocks,
                thread_ts=arguments.text("thread_ts") or None,
                files=tuple(file.id for file in files),
            )
        )
    return {"files": [file_shape(file) for file in files]}


def _uploaded(site: Site, name: str) -> Upload:
    upload = site.uploads.get(name)
    if upload is None or upload.content is None:
        raise Refusal("file_not_found")
    return upload


def _file(upload: Upload) -> File:
    content = upload.content or b""
    encoded = base64.b64encode(content).decode()
    return File(id=upload.id, name=upload.name, user=BOT_USER, size=len(content), content=encoded)


METHODS = {
    "files.getUploadURLExternal": Method(announce, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",), changes=True),
}
