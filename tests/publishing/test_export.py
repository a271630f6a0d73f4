"""`manage.py export_site`: the site as files, behind real servers and from the disk."""

import os
import posixpath
import re
import socket
import subprocess
import time
from http.client import HTTPConnection
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from codes.models import StatusCode
from codes.publishing import addresses
from codes.publishing.export import file_of
from tests.served_site import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.served]

LINK = re.compile(r'\b(?:href|src|action)="([^"#]+)')
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


# The unassigned numbers are all one page; these speak for the rest.
UNASSIGNED = {105, 427, 599}


@pytest.fixture(scope="session")
def exported(tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder of an export, the port that its servers listen on, and the addresses that were exported."""
    folder, port = tmp_path_factory.mktemp("export"), free_port()
    static_files = tmp_path_factory.mktemp("static")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        numbers = sorted({*StatusCode.objects.numbers(), *UNASSIGNED})
        patch.setattr(addresses, "numbers", lambda: numbers)
        with override_settings(ORIGIN=f"http://127.0.0.1:{port}", STATIC_ROOT=static_files):
            call_command("export_site", folder, verbosity=0)
        paths = list(addresses.every())
    return folder, port, paths


@pytest.fixture(
    scope="session",
    params=[pytest.param("nginx", marks=pytest.mark.nginx), pytest.param("caddy", marks=pytest.mark.caddy)],
)
def get(request, exported, tmp_path_factory):
    """Ask a server that was started with the settings beside the export: status, header fields and content."""
    folder, port, _ = exported
    if request.param == "nginx":
        # The folder of a test can be read by its owner only.
        user = "user root;" if os.geteuid() == 0 else ""
        command = ["nginx", "-p", folder, "-c", "nginx.conf", "-g", f"daemon off; {user}"]
    else:
        command = ["caddy", "run", "--config", "Caddyfile"]
    home = tmp_path_factory.mktemp("home")
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, "HOME": str(home)}, stderr=log)
    deadline = time.monotonic() + 30
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, (home / "log").read_text()
        assert time.monotonic() < deadline, (home / "log").read_text()
        time.sleep(0.05)
    server = HTTPConnection("127.0.0.1", port, timeout=30)

    def get(path, method="GET", **headers):
        server.request(method, path, headers=headers)
        response = server.getresponse()
        return response.status, response.headers, response.read()

    yield get
    server.close()
    process.terminate()
    process.wait(timeout=30)


def test_every_address_answers_as_the_site_does(get, exported):
    folder, port, paths = exported
    client = Client(headers={"host": f"127.0.0.1:{port}"})
    unlike = []
    for path in paths:
        status, _, content = get(path)
        file = folder / "site" / file_of(path)
        if status != 200 or content != file.read_bytes():
            unlike.append((path, status))
    for path in ("/", "/404", "/404.json", "/404.md", "/404.txt", "/codes.csv", "/404.png", "/sitemap.xml",
                 "/robots.txt", "/opensearch.xml", "/llms.txt", "/499/nginx", "/compare", "/schema.json"):  # fmt: skip
        ours = client.get(path).headers
        theirs = get(path)[1]
        for name in ("Content-Type", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin", "Cache-Control"):
            assert theirs.get(name) == ours.get(name), (path, name)
        assert theirs["ETag"], path

    assert unlike == []


def test_a_crawl_from_home_finds_no_dead_link_and_every_page_of_the_sitemap(get):
    seen, waiting, dead = set(), {"/"}, []
    while waiting:
        path = waiting.pop()
        seen.add(path)
        status, headers, content = get(path)
        if status != 200:
            dead.append((path, status))
        elif headers["Content-Type"].startswith("text/html"):
            links = {link.partition("?")[0] for link in LINK.findall(content.decode()) if link.startswith("/")}
            waiting |= {unquote(link) for link in links} - seen

    sitemap = {urlsplit(loc.text).path for loc in ElementTree.fromstring(get("/sitemap.xml")[2]).iter(LOC)}
    assert dead == []
    assert sitemap - seen == set()


@pytest.mark.parametrize("path", ["/404", "/404.json", "/nope", "/static/nope.css"])
def test_every_answer_has_the_strict_header_fields(get, client, path):
    _, headers, _ = get(path)

    for name, value in client.get("/404").headers.items():
        if name.startswith(("X-", "Referrer", "Content-Security", "Cross-Origin-E", "Cross-Origin-O")):
            assert set(headers[name].split("; ")) == set(value.split("; ")), name
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path", ["/777", "/nope", "/404.html", "/404/nope", "/nope.json", "/static/", "/error", "/nginx.conf"]
)
def test_what_is_not_there_gets_the_page_that_says_so(get, path):
    status, headers, content = get(path)

    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"There is no page at this address." in content


def test_a_slash_at_the_end_leads_to_the_address_without(get):
    status, headers, _ = get("/499/nginx/")
    assert status == 301
    assert urlsplit(headers["Location"]).path == "/499/nginx"
    assert get("/777/")[0] == 404
    assert get("//example.org/")[0] == 404


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/not-found", "404"),
        ("/404-Not_Found", "404"),
        ("/HTTP_404_NOT_FOUND", "404"),
        ("/payload%20too%20large", "413"),
        ("/codes/404", "404"),
    ],
)
def test_a_name_leads_to_its_number(get, path, number):
    status, headers, _ = get(path)

    assert (status, urlsplit(headers["Location"]).path) == (301, f"/{number}")


def test_a_number_with_the_name_of_another_leads_nowhere(get):
    assert get("/404-gone")[0] == 404


def test_filters_answer_with_the_whole_list_which_says_so(get):
    assert get("/codes?class=4&q=teapot")[2] == get("/codes")[2]
    assert b"This is a static copy of the site" in get("/codes")[2]


def test_an_unchanged_file_is_answered_with_304_and_large_ones_compressed(get):
    etag = get("/404")[1]["ETag"]

    assert get("/404", **{"If-None-Match": etag})[0] == 304
    assert get("/404", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"
    assert get("/404", method="HEAD")[0] == 200
    assert get("/404", method="POST")[0] == 405


def test_a_foreign_host_is_refused(get):
    assert get("/404", Host="evil.example")[0] == 421


def test_the_archive_reads_from_the_disk(exported, tmp_path):
    with ZipFile(exported[0] / "statusdocs-offline.zip") as archive:
        archive.extractall(tmp_path)
        names = set(archive.namelist())

    pages = [name for name in names if name.endswith(".html")]
    dead = []
    for name in pages:
        for link in LINK.findall((tmp_path / name).read_text()):
            if not urlsplit(link).scheme:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), link.partition("?")[0]))
                if target not in names:
                    dead.append((name, link))
    assert not [name for name in names if re.search(r'[:*?"<>|\\]', name)]
    assert {"statusdocs/index.html", "statusdocs/499.html", "statusdocs/499/nginx.html"} <= set(pages)
    assert dead == []


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter").write_text("mine")

    with pytest.raises(CommandError, match="has other contents"):
        call_command("export_site", tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


def test_a_second_export_takes_the_place_of_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(addresses, "every", lambda: iter(["/404.json", "/robots.txt"]))
    with override_settings(STATIC_ROOT=tmp_path / "static"):
        call_command("export_site", tmp_path / "out", verbosity=0)
        (tmp_path / "out/site/old.html").write_text("old")

        call_command("export_site", tmp_path / "out", verbosity=0)

    assert {path.name for path in (tmp_path / "out/site").iterdir()} == {"404.json", "robots.txt"}


def test_an_export_that_was_interrupted_is_made_again(tmp_path, monkeypatch):
    with override_settings(STATIC_ROOT=tmp_path / "static"):
        monkeypatch.setattr(addresses, "every", lambda: iter(["/404.json", "/777.json"]))
        with pytest.raises(CommandError, match="/777"):
            call_command("export_site", tmp_path / "out")
        monkeypatch.setattr(addresses, "every", lambda: iter(["/404.json"]))

        call_command("export_site", tmp_path / "out", verbosity=0)

    assert (tmp_path / "out/site/404.json").exists()
