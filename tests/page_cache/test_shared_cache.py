"""Cached pages through a shared cache: a real nginx with the settings that README tells."""

import os
import re
import socket
import subprocess
import urllib.request
from urllib.error import HTTPError

import pytest
from django.conf import settings

from tests.page_cache.test_served import STARTED_WITHIN, save, wait_until
from tests.served_site import free_port

pytestmark = [pytest.mark.nginx, pytest.mark.served]

# Seconds, promised.
VISIBLE_WITHIN = 60

CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/log; {user}
events {{}}
http {{
    access_log off;
    proxy_cache_path {folder}/cache keys_zone=pages:1m;
    proxy_temp_path {folder}/proxy; client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        proxy_cache pages;
        {from_readme}
        add_header X-Cache $upstream_cache_status always;
        location / {{ proxy_pass {site}; proxy_set_header Host $http_host; }}
    }}
}}
"""


@pytest.fixture
def cache(site, tmp_path):
    """The address of the cache."""
    readme = (settings.BASE_DIR / "README.md").read_text()
    directives = re.findall(r"`(proxy_cache_[a-z_]+ [^`;]+;)`", readme)
    assert {directive.split()[0] for directive in directives} >= {"proxy_cache_use_stale", "proxy_cache_lock"}
    port = free_port()
    (tmp_path / "nginx.conf").write_text(
        CONFIGURATION.format(
            folder=tmp_path,
            # The folder of a test can be read by its owner only.
            user="user root;" if os.geteuid() == 0 else "",
            port=port,
            from_readme="\n".join(directives),
            site=site.url,
        )
    )
    process = subprocess.Popen(["nginx", "-p", tmp_path, "-c", "nginx.conf"])
    with socket.socket() as probe:
        wait_until(lambda: probe.connect_ex(("127.0.0.1", port)) == 0, STARTED_WITHIN)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=30)


def ask(url, **fields):
    """What the cache says of itself, the type and encoding of the content, and the content."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    try:
        response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30)
    except HTTPError as error:
        response = error
    with response:
        said = [response.headers[name] for name in ("X-Cache", "Content-Type", "Content-Encoding")]
        return *said, response.read()


def test_a_cache_holds_pages_tells_encodings_apart_and_shows_an_edit_within_a_minute(filled_site, cache):
    assert ask(f"{cache}/404")[0] == "MISS"
    assert ask(f"{cache}/404")[:3] == ("HIT", "text/html; charset=utf-8", None)
    assert ask(f"{cache}/404", Accept_Encoding="br")[2] == "br"
    assert ask(f"{cache}/404", Accept="application/json")[1] == "application/json"
    assert ask(f"{cache}/404")[:3] == ("HIT", "text/html; charset=utf-8", None)

    save(filled_site, "Seen through a cache.")
    try:
        wait_until(lambda: b"Seen through a cache." in ask(f"{cache}/404")[3], VISIBLE_WITHIN)
    finally:
        save(filled_site, "")


@pytest.mark.parametrize("path", ["/try/200", "/readyz", "/nope", "/admin/login/"])
def test_a_cache_holds_nothing_that_is_to_be_asked_for_each_time(cache, path):
    assert {ask(cache + path)[0] for _ in range(3)} == {"MISS"}
