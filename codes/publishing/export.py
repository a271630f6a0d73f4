"""The whole site as files: for servers without Python, and for reading offline."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from codes.publishing import addresses
from codes.search import aliases

# Inside the folder of the export.
SITE, ERROR_PAGE, ARCHIVE = "site", "error.html", "statusdocs-offline.zip"
# Marks a folder whose files may be replaced. It is created first, so that an interrupted export can be repeated.
_MARKER = ".exported"

# The header fields that a file server sets itself, or that differ by address.
_SERVER_FIELDS = {"content-type", "content-length", "etag", "vary", "link", "last-modified", "content-location"}
# A link to this site in a page; links to other sites have a scheme.
_LINK = re.compile(r'(?P<attribute>\b(?:href|src|action)=")(?P<path>/[^"?#]*)(?P<rest>[^"]*")')
_NOTICE = (
    '<p class="notice">This is a static copy of the site: search and filters are not available. '
    "Every filter shows the whole list here; use the search of your browser instead.</p>"
)


class ExportError(Exception):
    """The export failed; the message says why."""


@dataclass
class Served:
    """The header fields to serve the files with, collected from the responses they were written from.

    Attributes:
        types: the media type of each file, by its address.
        fields: the header fields that all files of a kind share, by kind.
    """

    types: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, path: str, name: str, headers: Mapping[str, str]) -> None:
        """Add the header fields of the response of a file."""
        self.types[f"/{name}"] = headers["Content-Type"]
        kind = "static" if path.startswith(settings.STATIC_URL) else "page" if name.endswith(".html") else "data"
        fields = {key: value for key, value in headers.items() if key.lower() not in _SERVER_FIELDS}
        known = self.fields.setdefault(kind, fields)
        self.fields[kind] = dict(known.items() & fields.items())

    def types_by_suffix(self) -> dict[str, str]:
        """The most common media type of each suffix."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for path, content_type in self.types.items():
            counts[_suffix(path)][content_type] += 1
        return {suffix: count.most_common(1)[0][0] for suffix, count in sorted(counts.items())}

    def other_types(self) -> dict[str, str]:
        """The media types of addresses that differ from that of their suffix."""
        usual = self.types_by_suffix()
        return {path: given for path, given in self.types.items() if usual[_suffix(path)] != given}

    def common_fields(self) -> dict[str, str]:
        """The header fields that are the same for all files."""
        return dict(sorted(reduce(and_, (fields.items() for fields in self.fields.values()))))

    def other_fields(self) -> dict[str, dict[str, str]]:
        """The other header fields: the value for each kind of file, empty if it is missing."""
        names = sorted({name for fields in self.fields.values() for name in fields} - self.common_fields().keys())
        return {name: {kind: fields.get(name, "") for kind, fields in self.fields.items()} for name in names}


def _suffix(path: str) -> str:
    return path.rpartition(".")[2]


def file_of(path: str) -> str:
    """The file of an address.

    A page has the suffix `.html`, so that `/499` and `/499/nginx` are a file and a folder with different names.
    """
    if path == "/":
        return "index.html"
    return path[1:] if "." in path.rpartition("/")[2] else f"{path[1:]}.html"


def export(folder: Path) -> int:
    """Write the site to a folder, with the configuration of two servers and an archive for offline reading.

    Args:
        folder: an empty folder, or that of an earlier export.

    Returns:
        How many files were written.

    Raises:
        ExportError: the folder has other contents, or an address failed.
    """
    site = folder / SITE
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARKER).exists():
        raise ExportError(f"{folder} has other contents: choose an empty folder.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARKER).touch()
    shutil.rmtree(site, ignore_errors=True)
    # Pages link to the collected static files.
    call_command("collectstatic", interactive=False, verbosity=0)

    # The host of the setting, as in all absolute addresses on the pages.
    client = Client(headers={"host": settings.ORIGIN.partition("://")[2]})
    served = Served()
    waiting = list(addresses.every())
    known = set(waiting)
    while waiting:
        path = waiting.pop()
        content = _export(path, client, site, served)
        if file_of(path).endswith(".html"):
            # Styles and scripts, and the comparisons that a page links to.
            linked = {match["path"] for match in _LINK.finditer(content.decode())} - known
            known |= linked
            waiting.extend(linked)
    (folder / ERROR_PAGE).write_bytes(client.get("/no/such/page", secure=settings.HTTPS).content)

    context: dict[str, Any] = {
        "served": served,
        "names": _names(),
        "origin": urlsplit(settings.ORIGIN),
        "hosts": settings.ALLOWED_HOSTS,
    }
    for name in ("nginx.conf", "Caddyfile"):
        (folder / name).write_text(render_to_string(f"export/{name}", context))
    _write_archive(site, folder / ARCHIVE)
    return len(served.types)


def _names() -> dict[str, str]:
    """The paths that names of codes redirect to, by regular expressions for their spellings, with or without number."""
    between = "[^a-z0-9/]*"
    return {
        f"/(?:(?:http[ _-])?{number:03d}[ _-])?{between.join(name)}{between}(?:[ _-]{number:03d})?": f"/{number:03d}"
        for name, number in sorted(aliases.unambiguous_aliases().items())
    }


def _export(path: str, client: Client, site: Path, served: Served) -> bytes:
    response = client.get(path, secure=settings.HTTPS)
    if response.status_code != 200:
        raise ExportError(f"{path} responded with {response.status_code}.")
    # Static files are streamed.
    content = response.getvalue()
    if path == reverse("code-list"):
        content = content.replace(b'<main id="main">', b'<main id="main">' + _NOTICE.encode(), 1)
    name = file_of(path)
    served.add(path, name, response.headers)
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return content


def _write_archive(site: Path, archive: Path) -> None:
    """Write the site to an archive, with relative links, so that it works from the disk."""
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for file in sorted(path for path in site.rglob("*") if path.is_file()):
            name = _archived(file.relative_to(site).as_posix())
            if name.endswith(".html"):
                zipped.writestr(f"statusdocs/{name}", _with_relative_links(file.read_text(), name))
            # Cards are only for sharing links, and would be half of the archive.
            elif not name.endswith(".png"):
                zipped.write(file, f"statusdocs/{name}")


def _archived(name: str) -> str:
    # Windows cannot unpack a name with a colon (`compare/499:nginx,499:arcgis`).
    return name.replace(":", "-")


def _with_relative_links(page: str, name: str) -> str:
    folder = posixpath.dirname(name)

    def relative(match: re.Match[str]) -> str:
        target = posixpath.relpath(_archived(file_of(match["path"])), folder or ".")
        return f"{match['attribute']}{target}{match['rest']}"

    return _LINK.sub(relative, page)
