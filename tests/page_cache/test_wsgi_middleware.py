"""The page cache in front of Django: the same responses, without Django."""

import gzip
import queue
import threading

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from codes.models import Vendor
from statusdocs.page_cache import wsgi_middleware
from statusdocs.page_cache.cached_page import CachedPage, path_info, request, zstd
from statusdocs.page_cache.static_files import static_files
from statusdocs.page_cache.wsgi_middleware import PageCacheMiddleware

ORIGIN = "http://127.0.0.1:8000"
PATHS = ["/404", "/404.json", "/499/nginx"]
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstd.decompress}
# Django adds noise of a random length to what it compresses, against guessing of secrets. There are none here.
NOISE = "x-noise"


class Django:
    """The real application, which counts how often it is asked."""

    def __init__(self):
        self.application = get_wsgi_application()
        self.asked = 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.application(environ, start_response)


@pytest.fixture
def django(db, settings):
    settings.ORIGIN = ORIGIN
    return Django()


@pytest.fixture
def page_cache(django, store):
    for path in PATHS:
        status, fields, content = request(django, ORIGIN, path)
        assert status == 200
        store.put(path, CachedPage.from_response(fields, content), {})
    django.asked = 0
    return PageCacheMiddleware(django, store)


def ask(application, path, method="GET", host="127.0.0.1:8000", **fields):
    """Status, header fields by their name in lower case, and content."""
    environ = RequestFactory(headers={"Host": host, **fields}).generic(method, path).environ
    answer = []

    def start_response(status, fields):
        answer.extend([status, {name.lower(): value for name, value in fields}])

    parts = application(environ, start_response)
    content = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    answer[1].pop(NOISE, None)
    return *answer, content


def asks(path, **fields):
    """The arguments of a request with header fields, written with underscores."""
    return {"path": path, **{name.replace("_", "-"): value for name, value in fields.items()}}


@pytest.mark.parametrize("path", PATHS)
def test_a_cached_page_is_what_django_would_answer(page_cache, django, path):
    assert ask(page_cache, path) == ask(django.application, path)
    assert ask(page_cache, path, "HEAD") == (*ask(page_cache, path)[:2], b"")
    assert django.asked == 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd"])
def test_in_an_encoding_it_has_the_same_fields_and_the_same_text(page_cache, django, path, encoding):
    accept = asks(path, Accept_Encoding=encoding)
    status, fields, content = ask(page_cache, **accept)
    django_status, django_fields, django_content = ask(django.application, **accept)

    assert status == django_status
    assert fields.pop("content-length") == str(len(content))
    assert django_fields.pop("content-length") == str(len(django_content))
    assert fields == django_fields
    assert DECODERS[encoding](content) == DECODERS[encoding](django_content)
    assert django.asked == 0


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_page_already_gets_304(page_cache, django, path):
    etag = ask(page_cache, path)[1]["etag"]

    for condition in (etag, f"W/{etag}", f'"other", {etag}', f'"other", W/{etag}', "*"):
        for method in ("GET", "HEAD"):
            status, fields, content = ask(page_cache, method=method, **asks(path, If_None_Match=condition))
            assert (status, content) == ("304 Not Modified", b"")
            assert fields["etag"] == etag
            assert "content-length" not in fields
    assert ask(page_cache, **asks(path, If_None_Match='"other"'))[0] == "200 OK"
    assert django.asked == 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ["identity", "br", "gzip", "zstd"])
def test_a_304_carries_what_djangos_does_and_the_entity_tag_of_the_200(page_cache, django, path, encoding):
    etag = ask(page_cache, **asks(path, Accept_Encoding=encoding))[1]["etag"]
    condition = asks(path, Accept_Encoding=encoding, If_None_Match=etag)

    for application in (page_cache, django.application):
        status, fields, _ = ask(application, **condition)
        assert (status, fields["etag"]) == ("304 Not Modified", etag)
    assert ask(page_cache, **condition) == ask(django.application, **condition)


@pytest.mark.parametrize(
    "passed_on",
    [
        {"path": "/404", "method": "POST"},
        {"path": "/404", "method": "OPTIONS"},
        {"path": "/404?a=b"},
        {"path": "/codes?q=gone"},
        {"path": "/410"},
        {"path": "/404/"},
        {"path": "/nope"},
        {"path": "/admin/"},
        asks("/404", Cookie="theme=dark; sessionid=0123456789"),
        asks("/404", If_Match='"other"'),
        asks("/404", If_Modified_Since="Mon, 23 Nov 2026 00:00:00 GMT"),
        asks("/404", Accept_Encoding="gzip;q=0.1," * 100),
        asks("/404", Accept="text/html;q=0.1," * 40),
    ],
    ids=str,
)
def test_everything_else_is_djangos_to_answer(page_cache, django, passed_on):
    answer = ask(page_cache, **passed_on)

    assert django.asked == 1
    assert answer[0] == ask(django.application, **passed_on)[0]


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/404", None),
        ("/404", ""),
        ("/404", "*/*"),
        ("/404", "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("/404", "image/*, text/html;q=0.5;charset=UTF-8, application/json;q=0.4"),
        ("/404.json", "text/html"),
        ("/404.json", "image/png"),
    ],
)
def test_a_cached_representation_answers_whoever_prefers_it(page_cache, django, path, accept):
    asked = asks(path) if accept is None else asks(path, Accept=accept)

    assert ask(page_cache, **asked) == ask(page_cache, path)
    assert django.asked == 0


@pytest.mark.parametrize("accept", ["application/json", "text/html;q=0.5, text/plain", "text/htmlx"])
def test_whoever_prefers_another_representation_is_answered_by_django(page_cache, django, accept):
    asked = asks("/404", Accept=accept)

    assert ask(page_cache, **asked) == ask(django.application, **asked)
    assert django.asked == 1


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "", "127.0.0.1:8000.evil.example", "a b"])
def test_a_foreign_host_is_refused_as_django_refuses_it(page_cache, host):
    status, _, content = ask(page_cache, "/404", host=host)

    assert status == "400 Bad Request"
    assert b"Not Found" not in content


def test_a_page_is_answered_without_the_database(page_cache, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask(page_cache, "/404")[0] == "200 OK"


def test_a_cached_page_stays_until_the_store_has_another_and_a_gone_one_is_djangos(
    page_cache, django, store, tmp_path, make_page
):
    Vendor.objects.filter(slug="nginx").update(name="Renamed")
    before = ask(page_cache, "/499/nginx")

    # The page cache's own connection does not hear of what it wrote itself: the renderer is another process.
    with type(store)(tmp_path, "release") as renderers:
        renderers.put("/499/nginx", make_page("New"), {})
        renderers.remove("/404")
    assert ask(page_cache, "/499/nginx") == before
    page_cache.refresh()

    assert ask(page_cache, "/499/nginx")[2] == b"New"
    assert ask(page_cache, "/404")[0] == "200 OK"
    assert django.asked == 1


def test_a_refresh_reads_only_what_is_new_and_forgets_what_was_answered_to_filters(
    page_cache, django, store, tmp_path, make_page, monkeypatch
):
    filtered = "/codes?vendor=nginx"
    ask(page_cache, filtered)
    page_cache.refresh()
    ask(page_cache, filtered)
    assert django.asked == 1
    with type(store)(tmp_path, "release") as renderers:
        renderers.put("/410", make_page("New"), {})
    read = []
    monkeypatch.setattr(wsgi_middleware, "CachedResponse", read.append)

    page_cache.refresh()

    assert read == [make_page("New")]
    ask(page_cache, filtered)
    assert django.asked == 2


def test_a_row_that_cannot_be_read_does_not_end_the_polling(page_cache, monkeypatch, caplog):
    said = iter([ValueError("no JSON"), KeyboardInterrupt()])

    def fail():
        raise next(said)

    monkeypatch.setattr(page_cache, "refresh", fail)

    with pytest.raises(KeyboardInterrupt):
        page_cache.poll()

    assert "the store of cached pages cannot be read" in caplog.text


def test_the_site_starts_with_a_page_cache_that_follows_the_store_and_a_renderer(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    started, threads = queue.Queue(), []
    monkeypatch.setattr(wsgi_middleware, "fingerprint", lambda: "release")
    monkeypatch.setattr(PageCacheMiddleware, "poll", lambda self: note("poll", self))
    monkeypatch.setattr(wsgi_middleware.supervisor, "supervise_renderer", lambda *arguments: note(*arguments))

    def note(*what):
        threads.append(threading.current_thread())
        started.put(what)

    application = object()
    page_cache = wsgi_middleware.with_page_cache(application)

    assert {started.get(timeout=10) for _ in range(2)} == {("poll", page_cache), (tmp_path, "release")}
    assert all(thread.daemon for thread in threads)
    assert page_cache.response_cache.application is application
    assert page_cache.store.path.parent == tmp_path
    page_cache.store.connection.close()


def test_the_static_files_of_public_pages_are_cached_and_those_of_the_admin_are_not():
    paths = set(static_files())

    assert {"/static/site.css", "/static/site.js", "/static/favicon.svg"} <= paths
    assert not any(path.startswith("/static/admin/") for path in paths)


def test_a_path_is_cached_as_the_server_hands_it_on():
    assert path_info("/compare/301,302") == "/compare/301,302"
    assert path_info("/a%20b%C3%A9") == "/a bÃ©"
