"""Settings from the environment. A wrong value is refused with the name of the setting and what is allowed."""

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
# A host without port, path or wildcard.
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def invalid(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    """The error for a setting: its name, its value, and what is allowed."""
    return ImproperlyConfigured(f"the setting {name} is {value!r}. Allowed: {allowed}.")


def switch(name: str, *, default: str) -> bool:
    """Read `on` or `off`.

    Raises:
        ImproperlyConfigured: the value is something else.
    """
    value = os.environ.get(name) or default
    if value not in _SWITCH:
        raise invalid(name, value, "on, off")
    return _SWITCH[value]


def port(name: str, *, default: str) -> int:
    """Read a TCP port.

    Raises:
        ImproperlyConfigured: the value is not a number from 1 to 65535.
    """
    value = os.environ.get(name) or default
    if not (re.fullmatch("[0-9]{1,5}", value) and 1 <= int(value) <= 65535):
        raise invalid(name, value, "a port from 1 to 65535, for example 8000")
    return int(value)


def origin(name: str, *, default: str) -> str:
    """Read a web origin: scheme, host and optionally a port, and nothing else (RFC 6454 section 4).

    Raises:
        ImproperlyConfigured: the value has another form.
    """
    value = os.environ.get(name) or default
    allowed = "http:// or https://, a host and perhaps a port, for example https://status.example.org"
    try:
        parts = urlsplit(value)
        well_formed = (
            parts.scheme in ("http", "https")
            and _HOST.fullmatch(parts.netloc.rsplit(":", 1)[0] if parts.port else parts.netloc)
            and value == f"{parts.scheme}://{parts.netloc}"
        )
    except ValueError as error:
        raise invalid(name, value, allowed) from error
    if not well_formed:
        raise invalid(name, value, allowed)
    return value


def link(name: str) -> str:
    """Read an address for people; empty where none is set.

    Raises:
        ImproperlyConfigured: the scheme is not https:, http: or mailto:.
    """
    value = os.environ.get(name, "")
    if value and not value.startswith(("https://", "http://", "mailto:")):
        raise invalid(name, value, "an address that begins with https://, http:// or mailto:")
    return value


def folder(name: str, *, default: Path) -> Path:
    """Read the path of a folder, and create it where it is missing.

    Raises:
        ImproperlyConfigured: it cannot be created or written to.
    """
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise invalid(name, str(path), "a folder that this process may create and write to")
    return path


def secret_key(name: str, *, folder: Path) -> str:
    """Read the secret key. Where none is set, generate one and store it in a folder, readable by the owner only.

    Raises:
        ImproperlyConfigured: the key is shorter than 50 characters.
    """
    value = os.environ.get(name)
    if not value:
        path = folder / "secret_key"
        if not path.exists():
            # Linking is atomic: two processes that start at the same time read the same complete key.
            with tempfile.NamedTemporaryFile("w", dir=folder) as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        value = path.read_text().strip()
        name = f"{name} (kept in {path}: delete that file to have a new one made)"
    if len(value) < 50:
        raise invalid(name, f"{len(value)} characters long", "at least 50 random characters")
    return value


# WAL lets readers go on while somebody saves. IMMEDIATE takes the write lock at once, so that a transaction waits for
# its turn instead of failing half-way. FULL survives a power cut.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
# Seconds. Connecting takes longer than most pages. There is no connection pool: in an outage requests would wait for
# the pool's next attempt and block every thread, and some would fail after the outage. A thread that connects by itself
# fails at once.
_CONN_MAX_AGE = 60


def database(name: str, *, default: Path) -> dict:
    """Read the address of the database: `postgres://user:password@host:port/name`, or a SQLite file.

    Raises:
        ImproperlyConfigured: the value is neither.
    """
    value = os.environ.get(name) or f"sqlite:///{default}"
    allowed = "postgres://user:password@host:5432/name or sqlite:////absolute/path"
    scheme = value.split(":", 1)[0]
    if scheme not in ("postgres", "postgresql", "sqlite"):
        # The rest may contain a password.
        raise invalid(name, f"{scheme}:…", allowed)
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(value, conn_max_age=_CONN_MAX_AGE, conn_health_checks=True))
    except ValueError as error:
        raise invalid(name, f"{scheme}:…", allowed) from error
    if scheme == "sqlite":
        config["OPTIONS"] = _SQLITE_OPTIONS
    else:
        # Seconds. Readers do not wait longer.
        config.setdefault("OPTIONS", {})["connect_timeout"] = 5
    return config
