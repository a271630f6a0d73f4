"""Who waits while others send slowly: nobody."""

import time
from threading import Event, Thread

import pytest

from statusdocs import slow_senders
from statusdocs.slow_senders import MAX_SENDERS, SlowSenderMiddleware

FORM = b"username=a"


class Sender:
    """The content of a request, as the server hands it on: a read waits until all of it is there or the client left."""

    def __init__(self, content=FORM, length=None):
        self.content = content
        self.length = len(content) if length is None else length
        self.asked = Event()
        self.ended = Event()

    def read(self, size):
        self.asked.set()
        assert self.ended.wait(10)
        return self.content[:size]


class ReadError(Exception):
    """A read that must not happen."""


class Unread:
    """A content that nobody may ask for."""

    length = 10

    def read(self, size):
        raise ReadError


class Site:
    """An application behind the middleware; it remembers the contents that it was handed."""

    def __init__(self):
        self.contents = []
        self.application = SlowSenderMiddleware(self.answer)

    def answer(self, environ, start_response):
        self.contents.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def post(self, sender, path="/admin/login/", **environ):
        """Status, declared length and content of the answer."""
        said = []
        environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(sender.length), "wsgi.input": sender, **environ}
        parts = self.application(environ, lambda status, fields: said.append((status, dict(fields))))
        status, fields = said[0]
        return status, int(fields["Content-Length"]), b"".join(parts)

    def post_at_once(self):
        """The status of the answer to somebody whose content is there with the header."""
        sender = Sender()
        sender.ended.set()
        return self.post(sender)[0]

    def begin(self):
        """A client that has begun to send, and what it is answered some time."""
        sender, answers = Sender(), []
        thread = Thread(target=lambda: answers.append(self.post(sender)[0]))
        thread.start()
        assert sender.asked.wait(10)
        return sender, answers, thread


def end(*begun):
    """Let clients send the rest; the statuses of their answers."""
    for sender, _, thread in begun:
        sender.ended.set()
        thread.join(10)
    return [status for _, (status,), _ in begun]


@pytest.fixture(autouse=True)
def few_seconds(monkeypatch):
    """No test waits for long; where time is not the question, there is enough."""
    monkeypatch.setattr(slow_senders, "MAX_SECONDS", 5)


def test_content_for_the_desk_is_handed_on_whole(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(FORM)
    site = Site()

    assert site.post_at_once() == "200 OK"
    assert site.contents == [FORM]


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/404", {}),
        ("/try/200", {}),
        ("//admin/", {}),
        # Its length is not known, and Django reads none of it.
        ("/admin/login/", {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}),
        # Django refuses it by its length.
        ("/admin/login/", {"CONTENT_LENGTH": "2621441"}),
    ],
)
def test_no_other_content_is_read(path, environ):
    site = Site()

    assert site.post(Unread(), path, **environ)[0] == "200 OK"
    assert site.contents == [b""]


def test_who_sends_too_slowly_is_refused_and_the_connection_ends(monkeypatch):
    monkeypatch.setattr(slow_senders, "MAX_SECONDS", 0.1)
    site, sender = Site(), Sender()

    status, length, content = site.post(sender)

    assert status == "408 Request Timeout"
    assert content.startswith(b"Nothing was saved")
    # The server ends a connection whose answer is cut off, and with it the read.
    assert length > len(content)
    assert site.contents == []
    sender.ended.set()


def test_who_has_sent_longest_makes_way():
    site = Site()
    begun = [site.begin() for _ in range(MAX_SENDERS)]

    assert site.post_at_once() == "200 OK"

    begun[0][2].join(10)
    assert begun[0][1] == ["408 Request Timeout"]
    assert end(*begun[1:]) == ["200 OK"] * (MAX_SENDERS - 1)
    end(begun[0])


def test_who_has_sent_all_takes_no_place():
    site = Site()
    slow = site.begin()

    for _ in range(2 * MAX_SENDERS):
        assert site.post_at_once() == "200 OK"

    assert end(slow) == ["200 OK"]


def test_who_was_refused_takes_no_place(monkeypatch):
    site = Site()
    slow = site.begin()

    monkeypatch.setattr(slow_senders, "MAX_SECONDS", 0.1)
    for sender in (refused := [Sender() for _ in range(2 * MAX_SENDERS)]):
        assert site.post(sender)[0] == "408 Request Timeout"

    assert end(slow) == ["200 OK"]
    for sender in refused:
        sender.ended.set()


def test_a_form_that_was_cut_off_is_not_saved():
    site, sender = Site(), Sender(length=len(FORM) + 1)
    sender.ended.set()

    assert site.post(sender)[0] == "408 Request Timeout"
    assert site.contents == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_read_that_fails_is_not_waited_for():
    site, began = Site(), time.monotonic()

    assert site.post(Unread())[0] == "408 Request Timeout"
    assert time.monotonic() - began < 4
