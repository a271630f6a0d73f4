"""Whose turn it is after an edit, with pages of the site instead of made-up ones."""

import re

import pytest
from django.core.wsgi import get_wsgi_application

from codes.models import StatusCode
from codes.publishing.addresses import every
from codes.publishing.dependencies import dependencies
from statusdocs.page_cache import cached_page
from statusdocs.page_cache.renderer import Renderer

# One representation of each is enough, and a few of the hundreds of numbers.
SOME = re.compile(r"/|/codes(\.json)?|/4[019][0-9](\.json|/\w+)?|/(classes|vendors)/\w+|/about")


@pytest.fixture
def addresses(monkeypatch):
    """The paths of some pages of each kind, which are compressed quickly."""
    monkeypatch.setattr(cached_page, "ENCODERS", {"zstd": lambda content: cached_page.zstd.compress(content, 1)})
    return [path for path in every() if SOME.fullmatch(path)]


@pytest.mark.slow
def test_the_pages_of_an_edited_code_come_first_then_the_lists_then_what_links_to_it(db, store, addresses):
    django = get_wsgi_application()
    asked = []
    edits = []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    renderer = Renderer(
        application, store, addresses=lambda: addresses, content_state=lambda: str(edits), dependencies=dependencies
    )
    renderer.update()
    for number in (410, 499):
        asked.clear()
        StatusCode.objects.filter(number=number).update(summary="Other.")
        edits.append(number)
        renderer.update()

    of_499 = [path for path in addresses if path.startswith("/499")]
    lists = {"/", "/codes", "/codes.json"}
    assert asked[0] == "/499"
    assert set(asked[: len(of_499)]) == set(of_499)
    assert set(asked[len(of_499) : len(of_499) + len(lists)]) == lists
    assert {"/vendors/nginx", "/classes/4xx"} <= set(asked[:40])
