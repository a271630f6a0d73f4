import pytest

from statusdocs.page_cache.cached_page import CachedPage
from statusdocs.page_cache.store import Store

FIELDS = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding")]


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path, "release") as store:
        yield store


@pytest.fixture
def make_page():
    """A page with a text and its entity tag."""

    def make(text, etag='"etag"'):
        content = text.encode()
        return CachedPage.from_response([*FIELDS, ("Content-Length", str(len(content))), ("ETag", etag)], content)

    return make
