"""The commands on /api run as they are written there, against the site that shows them."""

import html
import re
import subprocess

import pytest

pytestmark = pytest.mark.served

# What each address answers when it is asked as the page says: status and content type.
ANSWERS = {
    "/404.json": (200, "application/json"),
    "/404": (200, "text/markdown; charset=utf-8"),
    "/499/nginx.txt": (200, "text/plain; charset=utf-8"),
    "/codes.csv": (200, "text/csv; charset=utf-8; header=present"),
    "/codes.json?class=5&header=retry-after": (200, "application/json"),
    "/777.json": (404, "application/problem+json"),
    "/try/503": (503, "text/plain; charset=utf-8"),
    "/try/418": (418, "text/plain; charset=utf-8"),
    "/try/206": (206, "text/plain"),
}


@pytest.fixture
def run(site, tmp_path):
    """The status and the content type that a command brings; its files stay for the next one."""

    def run(command):
        assert command.startswith("curl ")
        # The command itself stays as it is; curl is only told to say besides what it got.
        asked = f"{command} --silent --show-error --write-out '%{{stderr}}%{{http_code}} %{{content_type}}'"
        done = subprocess.run(["sh", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
        status, _, content_type = done.stderr.partition(" ")
        return int(status), content_type

    return run


def commands(site):
    """The commands on the page, in their order."""
    page = subprocess.run(["curl", "-s", f"{site.url}/api"], capture_output=True, text=True, check=True).stdout
    return [html.unescape(command) for command in re.findall(r'<code class="command__line">(.*?)</code>', page)]


def test_every_command_runs_as_written(site, run):
    found = commands(site)
    addresses = [re.search(rf"{site.url}([^' ]*)", command)[1] for command in found]
    assert set(addresses) == set(ANSWERS)

    answered = [run(command) for command in found]

    assert answered == [ANSWERS[address] for address in addresses]


def test_a_second_run_finds_that_nothing_has_changed(filled_site, run):
    command = next(command for command in commands(filled_site) if "--etag-compare" in command)

    assert run(command)[0] == 200
    assert run(command)[0] == 304
