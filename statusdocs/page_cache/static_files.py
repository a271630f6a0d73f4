"""The static files of the public pages: every first view asks for some, so they are answered from memory too."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.staticfiles.finders import FileSystemFinder
from django.templatetags.static import static


def static_files() -> Iterator[str]:
    """The paths, with the hash of the content in them, of what is in STATICFILES_DIRS (the admin's is not)."""
    for name, _ in FileSystemFinder().list(ignore_patterns=None):
        yield static(name)
