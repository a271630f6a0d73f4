"""What people do on the site, in a real Chromium against the site as `make run` starts it."""

import os
import re
import signal
import sqlite3
import subprocess
import time
import urllib.request
from contextlib import closing

import pytest

from statusdocs.settings import BASE_DIR
from tests.prepared import copy_content
from tests.views.test_public_pages import PAGES

pytestmark = pytest.mark.browser

VISIBLE_WITHIN = 1  # second, promised for an edit
SLACK = 4


def test_a_reader_finds_what_499_is_without_a_script(open_page):
    page = open_page("/", java_script_enabled=False)

    page.get_by_role("searchbox").fill("nginx 499")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("row").filter(has=page.get_by_role("link", name="nginx", exact=True)).get_by_role(
        "link", name="499"
    ).click()

    assert page.url.endswith("/499/nginx")
    assert page.get_by_role("heading", level=1).inner_text().split() == ["499", "Client", "Closed", "Request", "nginx"]


def test_a_reader_finds_what_499_is_with_the_keyboard_alone(open_page):
    page = open_page("/")

    page.keyboard.press("/")
    page.keyboard.type("nginx 499")
    page.get_by_role("listbox", name="Suggestions").get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/499/nginx")


def test_the_page_of_499_asks_who_sent_it_and_leads_there(open_page):
    page = open_page("/499", java_script_enabled=False)

    page.get_by_role("navigation", name="Who sent it?").get_by_role("link", name="nginx").first.click()

    assert page.url.endswith("/499#nginx")
    assert page.locator("#nginx").get_by_role("heading", name="What to do now").is_visible()


def test_a_reader_filters_the_list_with_the_form(open_page):
    page = open_page("/codes", java_script_enabled=False)

    page.get_by_text("Vendor", exact=True).click()
    page.get_by_label("nginx").check()
    page.get_by_role("group").get_by_role("button", name="Show").click()

    assert "vendor=nginx" in page.url
    numbers = page.locator(".code-table__number").all_inner_texts()
    assert {"444", "495", "496", "497", "499"} <= set(numbers)
    assert {"404", "520"}.isdisjoint(numbers)


def test_the_first_tab_skips_to_the_content(open_page):
    page = open_page("/404")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")

    assert page.url.endswith("/404#main")


@pytest.mark.parametrize("path", [path for path, *_ in PAGES])
def test_nothing_is_wider_than_a_small_phone(open_page, path):
    page = open_page(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_readers_colour_scheme(open_page, scheme):
    page = open_page("/404", color_scheme=scheme)

    channels = re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))
    brightness = sum(map(int, channels[:3])) / 3

    assert brightness > 200 if scheme == "light" else brightness < 60


def test_a_page_loads_from_nowhere_else(open_page, site):
    page = open_page("/")
    requested = []
    page.on("request", lambda request: requested.append(request.url))

    page.goto("/404")

    assert all(url.startswith(site.url) for url in requested)
    assert any("/static/site." in url for url in requested)


@pytest.mark.served  # on PostgreSQL, too
def test_a_curator_corrects_a_description_and_sees_it_on_the_page(open_page, filled_site):
    page = open_page("/admin/")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Status codes").first.click()
    page.locator("#searchbar").fill("client closed request")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("row").filter(has_text="nginx").get_by_role("link", name="499").click()

    corrected = f"Corrected at {time.time()}."
    page.locator("#id_description").fill(corrected)
    page.get_by_role("button", name="Save", exact=True).first.click()
    assert "was changed successfully" in page.get_by_role("list").filter(has_text="successfully").inner_text()
    saved = time.monotonic()
    code = page.url

    reader = open_page("/499/nginx")
    while corrected not in reader.content() and time.monotonic() < saved + VISIBLE_WITHIN + SLACK:
        reader.reload()
    assert corrected in reader.content()
    assert "/admin/codes/statuscode/" in code


def test_a_worker_that_is_killed_comes_back(site):
    children = subprocess.run(["pgrep", "-P", granian(site)], capture_output=True, text=True, check=True).stdout.split()
    workers = [pid for pid in children if "granian" in command(pid)]

    for pid in workers:
        os.kill(int(pid), signal.SIGKILL)
    site.wait()

    with urllib.request.urlopen(f"{site.url}/404") as response:
        assert response.status == 200


def test_a_port_that_is_in_use_stops_a_second_start_with_the_cure(site, tmp_path, pytestconfig):
    # A first start would load the content before it says so.
    with closing(sqlite3.connect(tmp_path / "statusdocs.sqlite3")) as database:
        copy_content(pytestconfig.cache.mkdir("content"), database)
    environment = {**site.environment, "STATUSDOCS_DATA": str(tmp_path)}

    second = subprocess.run(
        ["make", "run"], cwd=BASE_DIR, env=environment, capture_output=True, text=True, timeout=120, check=False
    )

    assert second.returncode != 0
    assert "is in use. Choose another: make run PORT=8001" in second.stdout


def test_a_head_request_has_no_content(site):
    request = urllib.request.Request(f"{site.url}/404", method="HEAD")

    with urllib.request.urlopen(request) as response:
        assert response.status == 200
        assert response.read() == b""


def test_static_files_are_compressed_and_immutable(site):
    with urllib.request.urlopen(f"{site.url}/404") as response:
        style = re.search(r'href="(/static/site\.[0-9a-f]{12}\.css)"', response.read().decode())[1]
    request = urllib.request.Request(site.url + style, headers={"Accept-Encoding": "br"})

    with urllib.request.urlopen(request) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert "immutable" in response.headers["Cache-Control"]
        assert "max-age=315360000" in response.headers["Cache-Control"]


def granian(site):
    """The process id of the server: what `make run` became, or its child."""
    for pid in subprocess.run(
        ["pgrep", "-f", f"granian.*--port {site.url.rpartition(':')[2]}"], capture_output=True, text=True, check=True
    ).stdout.split():
        if "granian" in command(pid) and "make" not in command(parent(pid)) + command(pid):
            continue
        return pid
    raise AssertionError("no server is running")


def command(pid):
    with open(f"/proc/{pid}/cmdline") as file:
        return file.read().replace("\0", " ")


def parent(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[1]
