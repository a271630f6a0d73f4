"""Every type of page against the W3C's HTML checker."""

import json
import subprocess

import pytest

from tests.__main__ import HTML_CHECKER
from tests.page_types import ERRORS, PAGES

pytestmark = [pytest.mark.html_checker, pytest.mark.slow]

INVALID = '<!doctype html><html lang="en"><title>Invalid</title><h1>Invalid</h2>'


def test_no_page_has_an_error(client, db, tmp_path):
    # The checker says nothing of a file that it did not read; of this one it must report an error.
    (tmp_path / "invalid").write_text(INVALID)
    path_of = {str(tmp_path / "invalid"): "invalid"}
    for position, (path, status) in enumerate([*((path, 200) for path in PAGES), *ERRORS]):
        response = client.get(path)
        assert response.status_code == status, path
        file = tmp_path / str(position)
        file.write_bytes(response.content)
        path_of[str(file)] = path

    # All in one process: starting Java takes longer than checking a page.
    checked = subprocess.run(
        ["java", "-jar", HTML_CHECKER, "--stdout", "--exit-zero-always", "--format", "json", *path_of],
        capture_output=True,
        text=True,
        check=True,
    )

    errors = {}
    for message in json.loads(checked.stdout)["messages"]:
        if message["type"] != "info":
            path = path_of[message["url"].removeprefix("file:")]
            errors.setdefault(path, []).append((message["message"], message.get("extract")))
    assert errors.pop("invalid")
    assert errors == {}
