"""Keeps clients that send slowly from taking the threads of a web process."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

# Requests whose content is being received at a time: of the threads that the Makefile gives a web process, half are
# left to those who only read.
MAX_SENDERS = 2
MAX_SECONDS = 20  # for the content of a request
# Seconds until the server has surely sent what it was given.
_FLUSH_TIME = 0.02

_TOO_SLOW = b"Nothing was saved: your form arrived too slowly or incompletely. Please go back and send it again.\n"


class SlowSenderMiddleware:
    """Receives the content of a request before it calls the application.

    The server (Granian) reads the header of a request before it takes a thread, but its content comes through
    the thread, as slowly as the client likes. Only the admin needs content. It is received here, from so few clients at
    a time that readers keep their threads; where one more begins to send, the one that has sent longest is refused
    (408, RFC 9110 section 15.5.9). Of all other requests no content is read. `docs/decisions/slow-senders.md` says what
    else was tried.

    Args:
        application: Django.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._transfers: deque[_Transfer] = deque()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        content = b""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        # What is longer Django refuses by its length. What is chunked has no length, and WSGI then no content.
        if environ["PATH_INFO"].startswith("/admin/") and 0 < length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            content = self._receive(environ["wsgi.input"], length)
            if len(content) < length:
                return _refuse(start_response)
        environ["wsgi.input"] = BytesIO(content)
        return self.application(environ, start_response)

    def _receive(self, stream: Any, length: int) -> bytes:
        """The content of a request, or less of it where the client is too slow or has left."""
        transfer = _Transfer(stream, length)
        deadline = time.monotonic() + MAX_SECONDS
        with self._lock:
            self._transfers.append(transfer)
            if len(self._transfers) > MAX_SENDERS:
                self._transfers.popleft().ended.set()
        threading.Thread(target=transfer.run, daemon=True).start()
        transfer.ended.wait(deadline - time.monotonic())
        with self._lock:
            if transfer in self._transfers:
                self._transfers.remove(transfer)
        return transfer.content


class _Transfer:
    """The content of a request on its way: a thread of its own waits for it, since the server's read has no timeout."""

    def __init__(self, stream: Any, length: int) -> None:
        self.content = b""
        self.ended = threading.Event()
        self._stream = stream
        self._length = length

    def run(self) -> None:
        """Receive the content. It also ends when the connection does."""
        try:
            self.content = self._stream.read(self._length)
        finally:
            self.ended.set()


def _refuse(start_response: StartResponse) -> Iterator[bytes]:
    """Respond 408, one byte shorter than its Content-Length.

    The server closes the connection after a truncated response (RFC 9112 section 8), which ends the reading thread.
    After a complete one it would go on receiving.
    """
    fields = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(_TOO_SLOW) + 1)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response("408 Request Timeout", fields)
    return _cut_off(_TOO_SLOW)


def _cut_off(content: bytes) -> Iterator[bytes]:
    yield content
    time.sleep(_FLUSH_TIME)
