"""`make bench`: how fast the site is, as ratios to nginx that serves the same bytes, measured in one run.

Servers run on the first core, clients on the second. Every ratio is the median of three pairs, measured in turns, since
a machine is never the same from one minute to the next. Nothing is installed: what is missing is named at the end.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError

from django.conf import settings

from tests.page_types import PAGES
from tests.served_site import Site, free_port

FOLDER = Path(__file__).parent
SERVER, CLIENT = ["taskset", "--cpu-list", "0"], ["taskset", "--cpu-list", "1"]
PAIRS, SECONDS, CONNECTIONS = 3, 4, 32
EDITS = 5

NGINX_SETTINGS = {
    "best": """access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
    open_file_cache max=10000 inactive=1h; open_file_cache_valid 1h; open_file_cache_min_uses 1;""",
    "shipped": "access_log @FOLDER@/access.log; sendfile on; tcp_nopush on; gzip on;",
}
# What every server says by itself, and what nginx does.
BY_SERVER = {"date", "server", "connection"}
OWN_FIELDS = BY_SERVER | {"content-type", "content-length", "content-encoding", "etag"}
INSTALL = {
    "taskset": "apt-get install util-linux",
    "wrk": "apt-get install wrk",
    "nginx": "apt-get install nginx-light",
    "lighthouse": "npm install --global lighthouse",
    "chromium": "apt-get install chromium",
}
LIGHTHOUSE_PAGES = ["/", "/codes", "/404"]


def get(url: str, **fields: str) -> tuple[int, dict[str, str], bytes]:
    """Status, header fields by their name in lower case, and content as it was sent."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in fields.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, {name.lower(): value for name, value in response.headers.items()}, response.read()
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


# --- Servers ---


def serve(data: Path, port: int, **environment: str) -> Site:
    """The site as `make run` starts it, on the servers' core."""
    site = Site(data, port=port, before=SERVER, **environment)
    site.wait()
    return site


def wait_until_rendered(site: Site) -> None:
    """Wait until every page is cached, all of them in the present state of the content."""
    site.wait_until_filled()
    # The web processes look at the store several times a second.
    time.sleep(1)


class Nginx:
    """nginx that serves copies of the site's pages, with the same header fields."""

    def __init__(self, site: Site, paths: list[str], kind: str, port: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="statusdocs-nginx-"))
        # Its worker gives up root's rights where the bench has them.
        self.folder.chmod(0o755)
        self.url = f"http://127.0.0.1:{port}"
        for path in paths:
            for encoding in ("identity", "br"):
                file = self.folder / f"{encoding}{path}.page"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(get(site.url + path, Accept_Encoding=encoding)[2])
        fields = get(site.url + "/404")[1]
        lines = [f"add_header {name} {json.dumps(fields[name])};" for name in fields if name not in OWN_FIELDS]
        configuration = (FOLDER / "nginx.conf").read_text().replace("@SETTINGS@", NGINX_SETTINGS[kind])
        for name, value in (("FIELDS", "\n".join(lines)), ("FOLDER", str(self.folder)), ("PORT", str(port))):
            configuration = configuration.replace(f"@{name}@", value)
        (self.folder / "nginx.conf").write_text(configuration)
        self.process = subprocess.Popen([*SERVER, "nginx", "-c", str(self.folder / "nginx.conf")])
        time.sleep(1)

    def stop(self) -> None:
        """Stop it and remove the copies."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder)


# --- Measuring ---


def wrk(url: str, *arguments: str, **fields: str) -> str:
    """What wrk prints about a few seconds of requests from its core."""
    headers = [part for name, value in fields.items() for part in ("-H", f"{name.replace('_', '-')}: {value}")]
    command = [*CLIENT, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", *headers, url]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=True).stdout


def rate(url: str, **fields: str) -> float:
    """Requests a second.

    Raises:
        AssertionError: some were answered with an error.
    """
    report = wrk(url, **fields)
    assert "Non-2xx" not in report, report
    return float(re.search(r"Requests/sec: *([0-9.]+)", report)[1])


def pairs(ours: str, theirs: str, path: str, **fields: str) -> tuple[float, float, float]:
    """The median rates of the two at a path, and the median of the ratios of the pairs."""
    measured = []
    for _ in range(PAIRS):
        rates = []
        for url in (theirs, ours):
            conditions = dict(fields)
            if "If_None_Match" in fields:
                conditions["If_None_Match"] = get(url + path)[1]["etag"]
            rates.append(rate(url + path, **conditions))
        measured.append(rates)
    nginx, site = (statistics.median(rates) for rates in zip(*measured, strict=True))
    return site, nginx, statistics.median(ours / theirs for theirs, ours in measured)


def mix(url: str, paths: Path) -> tuple[int, float]:
    """The errors and the 99th percentile (ms) of a mix of all addresses."""
    report = wrk(url, "-s", str(FOLDER / "mix.lua"), "--", str(paths))
    return int(re.search(r"Errors: (\d+)", report)[1]), float(re.search(r"P99: ([0-9.]+)", report)[1])


def first_view(site: Site, path: str) -> tuple[int, int]:
    """The bytes, compressed, and the requests of a page and everything that it loads."""
    page = get(site.url + path)[2].decode()
    loaded = re.findall(r'<(?:script|img)[^>]*\ssrc="(/[^"]+)"', page)
    loaded += re.findall(r'<link[^>]*rel="(?:stylesheet|icon)"[^>]*href="(/[^"]+)"', page)
    everything = [path, *dict.fromkeys(loaded)]
    return sum(len(get(site.url + part, Accept_Encoding="br")[2]) for part in everything), len(everything)


def memory(site: Site) -> list[tuple[int, int]]:
    """The proportional and the resident set size (MiB) of each web process."""
    listed = ["ps", "-s", str(site.process.pid), "-o", "pid=,ppid=,pss=,rss=,args="]
    rows = [row.split(maxsplit=4) for row in subprocess.check_output(listed, text=True).splitlines()]
    servers = {pid: row for pid, *row in rows if "statusdocs.wsgi" in row[-1]}
    # The first one only starts the others.
    return [(int(pss) // 1024, int(rss) // 1024) for parent, pss, rss, _ in servers.values() if parent in servers]


def lighthouse(site: Site, path: str) -> str:
    """Lighthouse's four scores."""
    command = ["lighthouse", site.url + path, "--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)
    return ", ".join(f"{name} {category['score'] * 100:.0f}" for name, category in report["categories"].items())


# --- The table ---


def line(what: str, *cells: object) -> None:
    """A line of the table, in Markdown."""
    print(f"| {what} | {' | '.join(map(str, cells))} |", flush=True)


def against_nginx(data: Path, port: int, kind: str, log: str) -> None:
    """The plain readings, and the mix."""
    site = serve(data, port, STATUSDOCS_REQUEST_LOG=log)
    nginx = None
    try:
        paths = site.addresses()
        wait_until_rendered(site)
        with_html = [path for path in paths if not path.endswith(".png")]
        nginx = Nginx(site, with_html, kind, free_port())
        name = f"nginx {'at its best' if kind == 'best' else 'as shipped'}, logs {log}"
        for what, path, fields in (
            ("`/404`", "/404", {}),
            ("`/404`, br", "/404", {"Accept_Encoding": "br"}),
            ("`/404`, 304", "/404", {"If_None_Match": ""}),
            ("`/404.json`", "/404.json", {}),
            ("`/codes`, br", "/codes", {"Accept_Encoding": "br"}),
            ("`/rfcs/9110`, br", "/rfcs/9110", {"Accept_Encoding": "br"}),
            ("style sheet, br", next(path for path in paths if "/site." in path), {"Accept_Encoding": "br"}),
        ):
            ours, theirs, ratio = pairs(site.url, nginx.url, path, **fields)
            line(f"{what}; {name}", f"{ours:,.0f}/s", f"{theirs:,.0f}/s", f"{ratio:.2f}")
        if kind == "best":
            against_the_bare_server(site)
            listed = data / "paths"
            listed.write_text("\n".join(with_html))
            with saves(site):
                measured = [(mix(nginx.url, listed), mix(site.url, listed)) for _ in range(PAIRS)]
            errors = sum(ours[0] for _, ours in measured)
            p99 = statistics.median(ours[1] for _, ours in measured)
            theirs = statistics.median(theirs[1] for theirs, _ in measured)
            what = "mix of all addresses while somebody saves every second: p99"
            line(f"{what}; {name}", f"{p99:.2f} ms, {errors} errors", f"{theirs:.2f} ms", f"{p99 / theirs:.1f}")
            wait_until_rendered(site)
            print_edits(site)
            print_first_views(site)
            for pss, rss in memory(site):
                line("memory of a web process with every page cached", f"PSS {pss} MiB", f"RSS {rss} MiB", "")
    finally:
        if nginx:
            nginx.stop()
        site.stop()


def against_the_bare_server(site: Site) -> None:
    """What stands between the site and nginx: how much of it is the server, and how much the site's own."""
    with tempfile.TemporaryDirectory() as folder:
        _, fields, content = get(site.url + "/404")
        Path(folder, "fields.json").write_text(
            json.dumps([pair for pair in fields.items() if pair[0] not in BY_SERVER])
        )
        Path(folder, "content").write_bytes(content)
        bare = serve(
            Path(folder), free_port(), STATUSDOCS_APPLICATION="tests.bench.bare:application", BARE_FOLDER=folder
        )
        try:
            ours, theirs, ratio = pairs(site.url, bare.url, "/404")
        finally:
            bare.stop()
    line("`/404`; a bare dictionary behind the same server", f"{ours:,.0f}/s", f"{theirs:,.0f}/s", f"{ratio:.2f}")


def print_edits(site: Site) -> None:
    """How long it takes until an edit shows."""
    measured = []
    for edit in range(EDITS):
        statement = f"UPDATE codes_statuscode SET registration_note = 'Edit {edit}.' WHERE number = 404"
        with closing(sqlite3.connect(Path(site.environment["STATUSDOCS_DATA"]) / "statusdocs.sqlite3")) as connection:
            connection.execute(f"{statement} AND vendor_id IS NULL")
            connection.commit()
        saved_at = time.monotonic()
        while f"Edit {edit}.".encode() not in get(site.url + "/404")[2]:
            time.sleep(0.01)
        measured.append(time.monotonic() - saved_at)
    longest = f"{max(measured):.2f} s at most"
    line(f"from a save to the page of `/404`, {EDITS} times", f"{statistics.median(measured):.2f} s", longest, "")


class saves:  # noqa: N801 (read as a word: with saves(site))
    """Somebody who saves a code every second."""

    SCRIPT = (
        "import time; from codes.models import StatusCode\n"
        "code = StatusCode.objects.get(number=404, vendor=None)\n"
        "while True: code.touch(); time.sleep(1)"
    )

    def __init__(self, site: Site) -> None:
        self.site = site

    def __enter__(self) -> None:
        command = [*CLIENT, sys.executable, "manage.py", "shell", "--no-imports", "-c", self.SCRIPT]
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.site.environment)

    def __exit__(self, *exception: object) -> None:
        self.process.kill()
        self.process.wait()


def against_django(data: Path, port: int) -> None:
    """What the page cache gains, for a page and for a filtered list."""
    started_at = time.monotonic()
    site = Site(data, port=port, before=SERVER)
    while "serving" not in site.log.read_text():
        time.sleep(0.01)
    prepared_at = time.monotonic()
    site.wait()
    answers_at = time.monotonic()
    everything = f"{answers_at - started_at:.1f} s with `make`'s own steps"
    line("warm start, with every page in the store", f"{answers_at - prepared_at:.1f} s", everything, "")
    plain = serve(data, free_port(), STATUSDOCS_FINISHED_PAGES="off")
    try:
        wait_until_rendered(site)
        for what, path in (("`/404`", "/404"), ("filtered list", "/codes?class=4&vendor=nginx")):
            ours, django, ratio = pairs(site.url, plain.url, path)
            line(f"{what}; plain Django", f"{ours:,.0f}/s", f"{django:,.0f}/s", f"{ratio:.1f}")
    finally:
        plain.stop()
        site.stop()


def print_first_views(site: Site) -> None:
    """Bytes and requests of the first view, and Lighthouse where it is installed."""
    for path in PAGES:
        size, requests = first_view(site, path)
        line(f"`{path}`: first view", f"{size:,} bytes", f"{requests} requests", "")
    if shutil.which("lighthouse") and shutil.which("chromium"):
        for path in LIGHTHOUSE_PAGES:
            line(f"`{path}`: Lighthouse", lighthouse(site, path), "", "")


def main() -> int:
    missing = [name for name in INSTALL if not shutil.which(name)]
    if not {"taskset", "wrk", "nginx"} & set(missing):
        print("| what | statusdocs | against it | ratio |\n|---|---|---|---|", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            # The address is part of the pages: with another one all of them would be made again.
            data, port = Path(folder), free_port()
            against_nginx(data, port, "best", "off")
            against_django(data, port)
            against_nginx(data, port, "shipped", "on")
    for name in missing:
        print(f"NOT MEASURED without {name}. To install it: {INSTALL[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
