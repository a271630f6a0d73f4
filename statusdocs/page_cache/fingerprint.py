"""A digest of everything that a page is rendered from besides the content and the day."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

_FOLDERS = ("codes", "statusdocs", "templates")


def fingerprint() -> str:
    """A digest of the code, the templates, the names of static files, the packages and the settings."""
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
    # What an installation chooses is a string, a number or a boolean; the rest follows from the files.
    for name in sorted(dir(settings)):
        if name.isupper() and isinstance(getattr(settings, name), str | int):
            digest.update(f"{name}={getattr(settings, name)}\0".encode())
    return digest.hexdigest()[:16]
