"""Keeps clients that send slowly from taking every thread of a web process."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from statusdocs.hosts import is_allowed_host

# Of the threads that the Makefile gives a web process, half are left to those who only read.
AT_ONCE = 2


class FewWithContent:
    """A WSGI application that answers only some requests with content at a time.

    The server reads the header of a request before a thread has to do with it, but its content comes through the
    thread, as slowly as the client likes. Only the desk takes content: who saves there is told to try again, who reads
    the site never notices. `/try/` ignores content, and a foreign host is refused before its content is read.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        has_content = environ.get("CONTENT_LENGTH", "0") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ
        is_read = not environ["PATH_INFO"].startswith("/try/") and is_allowed_host(environ.get("HTTP_HOST", ""))
        if not (has_content and is_read):
            return self.application(environ, start_response)
        if not self._free.acquire(blocking=False):
            content = b"Others are sending at the moment. Please try again in a few seconds.\n"
            fields = [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(content))),
                ("Cache-Control", "no-store"),
                ("Retry-After", "5"),
                ("X-Content-Type-Options", "nosniff"),
            ]
            start_response("503 Service Unavailable", fields)
            return [content]
        try:
            # Django has read all that it wants when it answers.
            return self.application(environ, start_response)
        finally:
            self._free.release()
