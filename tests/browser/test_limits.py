"""The limits of what a first visit loads, in a real Chromium against the real server."""

import time
import urllib.request

import pytest
from django.conf import settings

from tests.test_first_view import BYTES, REQUESTS

pytestmark = pytest.mark.browser

SCRIPT = 10_000  # bytes
THEME_SCRIPT = 500  # bytes

FINISHED_WITHIN = 300  # seconds after the start


def wait_until_finished(site, path):
    """A finished page comes in the smallest encoding; one that is made for the visitor does not."""
    request = urllib.request.Request(site.url + path, headers={"Accept-Encoding": "br, zstd"})
    deadline = time.monotonic() + FINISHED_WITHIN
    while time.monotonic() < deadline:
        with urllib.request.urlopen(request) as response:
            if response.headers["Content-Encoding"] == "br":
                return
        time.sleep(0.5)
    raise AssertionError(f"{path} is not finished")


@pytest.fixture
def loaded(chromium, site):
    """What the first view of an address loads: the compressed size of each file by its address, the icon included."""

    def load(path):
        wait_until_finished(site, path)
        responses = []
        with chromium.new_context(base_url=site.url) as nothing_cached:
            page = nothing_cached.new_page()
            page.on("response", lambda response: responses.append(response))
            page.goto(path, wait_until="networkidle")
            # Without a window Chromium shows no icon and fetches none.
            icon = page.request.get(page.locator("link[rel=icon]").get_attribute("href"))
            sizes = {response.url: response.request.sizes()["responseBodySize"] for response in responses}
        return {**sizes, icon.url: int(icon.headers["content-length"])}

    return load


@pytest.mark.parametrize("path", ["/404", "/499", "/301"])
def test_the_first_view_of_a_code_stays_within_one_round_trip(loaded, site, path):
    sizes = loaded(path)

    assert all(url.startswith(site.url) and size > 0 for url, size in sizes.items()), sizes
    assert len(sizes) <= REQUESTS, sizes
    assert sum(sizes.values()) <= BYTES, sizes


def test_all_script_together_stays_small():
    sizes = {file.name: file.stat().st_size for file in (settings.BASE_DIR / "static").rglob("*.js")}

    assert sum(sizes.values()) <= SCRIPT
    assert sizes["theme.js"] <= THEME_SCRIPT
    assert {"site.js", "code_list.js"} <= set(sizes)


def test_only_the_theme_blocks(open_page):
    for path in ("/404", "/codes", "/"):
        page = open_page(path)
        scripts = page.locator("script[src]").evaluate_all(
            "scripts => scripts.map((script) => [new URL(script.src).pathname.split('.')[0], script.defer])"
        )
        assert [name for name, deferred in scripts if not deferred] == ["/static/theme"]
