"""A dictionary behind the same server: what the server alone costs, and so the most that any layer could reach."""

import json
import os
from pathlib import Path

_FOLDER = Path(os.environ["BARE_FOLDER"])
_FIELDS = [tuple(pair) for pair in json.loads((_FOLDER / "fields.json").read_text())]
_ANSWERS = {"/404": (_FIELDS, (_FOLDER / "content").read_bytes()), "/readyz": ([], b"ready")}


def application(environ, start_response):
    """Answer with what is there, whatever was asked."""
    fields, content = _ANSWERS[environ["PATH_INFO"]]
    start_response("200 OK", fields)
    return [content]
