"""What, besides the content and the day, decides how a page looks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

_FOLDERS = ("codes", "statusdocs", "templates")


def fingerprint() -> str:
    """A digest of the program, its templates, the names of its static files, its packages and its settings."""
    digest = hashlib.sha256()
    files = [
        path
        for folder in _FOLDERS
        for path in sorted((settings.BASE_DIR / folder).rglob("*"))
        if path.is_file() and path.parent.name != "__pycache__"
    ]
    for path in [*files, settings.BASE_DIR / "requirements.txt", Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        digest.update(f"{path}\0".encode())
        if path.exists():
            digest.update(path.read_bytes())
    # What an installation chooses is a text, a number or a switch; the rest follows from the files.
    for name in sorted(dir(settings)):
        if name.isupper() and isinstance(getattr(settings, name), str | int):
            digest.update(f"{name}={getattr(settings, name)}\0".encode())
    return digest.hexdigest()[:16]
