"""Whose turn it is after an edit, with pages of the site instead of made-up ones."""

import re

import pytest
from django.core.wsgi import get_wsgi_application

from codes.content.state import content_state
from codes.models import ContentState, StatusCode
from codes.publishing.addresses import every
from statusdocs.page_cache import cached_page
from statusdocs.page_cache.renderer import Renderer

# One representation of each is enough, and a few of the hundreds of numbers.
SOME = re.compile(r"/|/codes(\.json)?|/4[019][0-9](\.json|/\w+)?|/(classes|vendors|choose|rfcs)/\w+|/about")


@pytest.fixture
def addresses(monkeypatch):
    """The paths of some pages of each kind, which are compressed quickly."""
    monkeypatch.setattr(cached_page, "ENCODERS", {"zstd": lambda content: cached_page.zstd.compress(content, 1)})
    return [path for path in every() if SOME.fullmatch(path)]


@pytest.mark.slow
def test_after_an_edit_only_what_shows_it_is_rendered_and_the_pages_of_the_code_come_before_the_lists(
    db, store, addresses
):
    django = get_wsgi_application()
    asked = []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    renderer = Renderer(application, store, addresses=lambda: addresses, content_state=content_state)
    renderer.update()
    asked.clear()
    StatusCode.objects.filter(number=499, vendor__slug="nginx").update(summary="Other.")
    # On PostgreSQL the trigger waits for the commit, and this is never committed.
    ContentState.objects.update(token="another")

    renderer.update()

    lists = ["/", "/vendors/nginx", "/classes/4xx", "/codes", "/codes.json"]
    assert set(lists) < set(asked)
    assert max(map(asked.index, ["/499", "/499.json", "/499/nginx"])) < min(map(asked.index, ["/codes", "/codes.json"]))
    assert not {"/404", "/410.json", "/about", "/vendors/cloudflare", "/rfcs/9110"} & set(asked)
    assert len(asked) < len(addresses) / 5
    assert not any(entry.outdated for entry in store.entries().values())
