"""The static files of the public pages: every first view needs some, so they are cached too."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.staticfiles.finders import FileSystemFinder
from django.templatetags.static import static


def static_files() -> Iterator[str]:
    """The paths of the files in STATICFILES_DIRS, with the hash of their content; those of the admin are elsewhere."""
    for name, _ in FileSystemFinder().list(ignore_patterns=None):
        yield static(name)
