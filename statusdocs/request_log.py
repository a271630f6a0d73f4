"""A line for every request, in the combined log format that tools for web logs read."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Seconds. Lines are written together: one at a time they would cost as much as the answers.
WRITES_EVERY = 0.5
# Lines that wait where the log cannot be written at the moment; of more the oldest are lost.
MOST_WAITING = 100_000
# Characters of what a client says that are worth noting.
LONGEST = 1000


class RequestLog:
    """A WSGI application that notes what another one answers.

    Args:
        application: the one that answers.
        write: takes some lines; the standard output's, unless a test wants them.
    """

    def __init__(self, application: WSGIApplication, write: Callable[[str], object] | None = None) -> None:
        self.application = application
        self._write = write or sys.stdout.write
        self._lines: deque[str] = deque(maxlen=MOST_WAITING)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer: list[Any] = ["000", ()]

        def note(status: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            answer[:] = status, fields
            return start_response(status, fields, exc_info) if exc_info else start_response(status, fields)

        parts = self.application(environ, note)
        status, fields = answer
        length = "-"
        for name, value in fields:
            if name == "Content-Length":
                length = value
                break
        request = _request(
            environ["REQUEST_METHOD"][:LONGEST],
            environ["PATH_INFO"][:LONGEST],
            environ["QUERY_STRING"][:LONGEST],
            environ["SERVER_PROTOCOL"],
        )
        sender = _sender(environ.get("HTTP_REFERER", "-")[:LONGEST], environ.get("HTTP_USER_AGENT", "-")[:LONGEST])
        address, moment = environ.get("REMOTE_ADDR", "-"), _moment(int(time.time()))
        self._lines.append(f"{address} - - [{moment}] {request} {status[:3]} {length} {sender}\n")
        return parts

    def write(self) -> None:
        """Write what was noted since the last time."""
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        if lines:
            self._write("".join(lines))

    def keep_writing(self) -> None:
        """Write again and again, for as long as the process lives."""
        while True:
            time.sleep(WRITES_EVERY)
            # A disk that is full: what was to be written is lost, what comes after it need not be.
            with suppress(OSError):
                self.write()
                sys.stdout.flush()


def logged(application: WSGIApplication) -> WSGIApplication:
    """The application behind a log of its requests, with the thread that writes it."""
    log = RequestLog(application)
    threading.Thread(target=log.keep_writing, daemon=True).start()
    return log


# Each of these is mostly asked for what it was asked for before.


@lru_cache(maxsize=1)
def _moment(seconds: int) -> str:
    return time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(seconds))


@lru_cache(maxsize=1024)
def _request(method: str, path: str, query: str, protocol: str) -> str:
    """The request line, with the path encoded again that the server decoded."""
    return f'"{method} {quote(path, encoding="latin-1")}{"?" if query else ""}{_escaped(query)} {protocol}"'


@lru_cache(maxsize=1024)
def _sender(referer: str, user_agent: str) -> str:
    return f'"{_escaped(referer)}" "{_escaped(user_agent)}"'


def _escaped(value: str) -> str:
    """What a client says, fit to stand between quotation marks in one line."""
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return value
    return value.encode("unicode_escape").decode("ascii").replace('"', '\\"')
