"""Whether a process could start: the address it would listen on, and the file it would use."""

import errno
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator

from bot.store.open import file_of, inside, outside
from bot.store.port import Unusable

PATIENCE = 2.0  # seconds
FOOLISH = ("~", "$", "%", "?", "#")  # in a path they mean nothing to us: a shell or a browser was meant


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Of a socket known as TCP, asyncio sends each part of an answer at once: else the last waits 40 ms for the first.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except BaseException:
        listening.close()
        raise
    return listening


def place(host: str, port: int) -> str:
    """Return an address as a browser takes it: of the newer kind in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def why_not(error: OSError, host: str, port: int) -> str:
    """Return why nothing can listen there, and what to do."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"HOST is {host}, which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all it has."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is not for this user: below 1024 a port needs rights. Set PORT to a higher one, e.g. 8080."
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use: something listens there. Stop it, or set PORT to another one, "
            f"e.g. PORT={port + 1}."
        )
    return f"Nothing can listen at {place(host, port)}: {error.strerror}. Look at HOST and PORT."


def address(host: str, port: int) -> Iterator[str]:
    """Yield why nothing could listen there; a Pitstop that does already is no reason."""
    try:
        bound(host, port).close()
    except OSError as error:
        if error.errno != errno.EADDRINUSE or not _is_ours(host, port):
            yield why_not(error, host, port)


def database(url: str) -> Iterator[str]:
    """Yield why a file could not be used; nothing is made."""
    try:
        file = file_of(url)
        if any(sign in str(file) for sign in FOOLISH):
            yield f"PITSTOP_DATABASE_URL names the file {file}: nothing in it is replaced. Write the path out."
            return
        if file.is_dir():
            yield f"{file} cannot be used: it is a folder. Name a file in it."
            return
        found = outside(file)
        if not found.is_writable:
            yield f"{file} cannot be written by this user. Give Pitstop's user the right to the file and its folder."
        elif found.free < found.reserve:
            yield f"The disk of {file} is full. Make room and start again."
        elif found.is_there and found.size:
            yield from _newer(str(file), inside(file).unknown)
    except Unusable as unusable:
        yield str(unusable)


def _newer(file: str, unknown: tuple[str, ...]) -> Iterator[str]:
    if unknown:
        yield f"{file} cannot be used: a newer Pitstop wrote it ({unknown[-1]}). Install that version."


def _is_ours(host: str, port: int) -> bool:
    """Return whether what listens there answers as Pitstop does."""
    here = "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104 - asked, not listened on
    try:
        with urllib.request.urlopen(f"{place(here, port)}/healthz", timeout=PATIENCE) as answer:  # noqa: S310 - http
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError, ValueError):
        return False
