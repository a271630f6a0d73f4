"""Settings from the environment: each is read once, checked, and refused with its cure."""

import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_SWITCH = {"on": True, "off": False}
# One host name as it may stand in a Host field: no path, no port, no wildcard.
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def refuse(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    """The error for a setting: its name, the value found, and what is allowed."""
    return ImproperlyConfigured(f"the setting {name} is {value!r}. Allowed: {allowed}.")


def switch(name: str, *, default: str) -> bool:
    """Read `on` or `off`.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    value = os.environ.get(name) or default
    if value not in _SWITCH:
        raise refuse(name, value, "on, off")
    return _SWITCH[value]


def port(name: str, *, default: str) -> int:
    """Read a TCP port.

    Raises:
        ImproperlyConfigured: it is not a number from 1 to 65535.
    """
    value = os.environ.get(name) or default
    if not (re.fullmatch("[0-9]{1,5}", value) and 1 <= int(value) <= 65535):
        raise refuse(name, value, "a port from 1 to 65535, for example 8000")
    return int(value)


def origin(name: str, *, default: str) -> str:
    """Read a web origin: scheme, host and perhaps a port, with nothing behind it (RFC 6454 section 4).

    Raises:
        ImproperlyConfigured: it has another form.
    """
    value = os.environ.get(name) or default
    cure = "http:// or https://, a host and perhaps a port, for example https://status.example.org"
    try:
        parts = urlsplit(value)
        well_formed = (
            parts.scheme in ("http", "https")
            and _HOST.fullmatch(parts.netloc.rsplit(":", 1)[0] if parts.port else parts.netloc)
            and value == f"{parts.scheme}://{parts.netloc}"
        )
    except ValueError as error:
        raise refuse(name, value, cure) from error
    if not well_formed:
        raise refuse(name, value, cure)
    return value


def link(name: str) -> str:
    """Read an address for people, empty where none is set.

    Raises:
        ImproperlyConfigured: it is not https:, http: or mailto:.
    """
    value = os.environ.get(name, "")
    if value and not value.startswith(("https://", "http://", "mailto:")):
        raise refuse(name, value, "an address that begins with https://, http:// or mailto:")
    return value


def folder(name: str, *, default: Path) -> Path:
    """Read a folder and make it where it is missing.

    Raises:
        ImproperlyConfigured: it cannot be made or written to.
    """
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise refuse(name, str(path), "a folder that this process may create and write to")
    return path


def secret_key(name: str, *, kept_in: Path) -> str:
    """Read the secret key; without one make it once and keep it in `kept_in`, readable by the owner only.

    Raises:
        ImproperlyConfigured: it is shorter than 50 characters, or cannot be kept.
    """
    value = os.environ.get(name)
    if not value:
        path = kept_in / "secret_key"
        if not path.exists():
            # Written aside and linked in one step, so that two first starts at once read the same whole key.
            with tempfile.NamedTemporaryFile("w", dir=kept_in) as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        value = path.read_text().strip()
        name = f"{name} (kept in {path}: delete that file to have a new one made)"
    if len(value) < 50:
        raise refuse(name, f"{len(value)} characters long", "at least 50 random characters")
    return value


# WAL lets readers go on while somebody saves; IMMEDIATE takes the write lock at once, so that a transaction
# waits for its turn instead of failing half-way; FULL survives a power cut.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


# Seconds that a thread keeps its connection: to make one takes longer than most pages. PostgreSQL has no pool in front
# of it: a pool lets requests wait for its next attempt to connect, so that in an outage they hold all threads, and some
# fail after it. A thread that connects by itself knows at once.
_KEPT = 60


def database(name: str, *, default: Path) -> dict:
    """Read the database's address: `postgres://user:password@host:port/name`, or a SQLite file.

    Raises:
        ImproperlyConfigured: it names neither.
    """
    value = os.environ.get(name) or f"sqlite:///{default}"
    cure = "postgres://user:password@host:5432/name or sqlite:////absolute/path"
    scheme = value.split(":", 1)[0]
    if scheme not in ("postgres", "postgresql", "sqlite"):
        # The rest of the value may hold a password.
        raise refuse(name, f"{scheme}:…", cure)
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(value, conn_max_age=_KEPT, conn_health_checks=True))
    except ValueError as error:
        raise refuse(name, f"{scheme}:…", cure) from error
    if scheme == "sqlite":
        config["OPTIONS"] = _SQLITE_OPTIONS
    else:
        # Seconds. A reader who waits longer has left.
        config.setdefault("OPTIONS", {})["connect_timeout"] = 5
    return config
