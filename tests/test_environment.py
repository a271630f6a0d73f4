"""What each kind of setting accepts from the environment, and what it refuses."""

import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from statusdocs import environment


@pytest.fixture
def given(monkeypatch):
    """Set the variable X, or remove it."""

    def give(value):
        monkeypatch.delenv("X", raising=False) if value is None else monkeypatch.setenv("X", value)

    return give


def refused(value, allowed):
    """The error that names the setting, its value and what is allowed."""
    return pytest.raises(ImproperlyConfigured, match=re.escape(f"the setting X is {value!r}. Allowed: {allowed}."))


@pytest.mark.parametrize(("value", "read"), [("on", True), ("off", False), (None, True), ("", True)])
def test_a_switch(given, value, read):
    given(value)

    assert environment.switch("X", default="on") is read


@pytest.mark.parametrize("value", ["ON", "1", "true", " on"])
def test_a_switch_is_on_or_off(given, value):
    given(value)

    with refused(value, "on, off"):
        environment.switch("X", default="on")


@pytest.mark.parametrize(("value", "read"), [("1", 1), ("65535", 65535), (None, 8000), ("", 8000)])
def test_a_port(given, value, read):
    given(value)

    assert environment.port("X", default="8000") == read


@pytest.mark.parametrize("value", ["0", "65536", "100000", "-1", "80 ", "eighty", "8_0", "٣"])
def test_a_port_is_a_number_in_range(given, value):
    given(value)

    with refused(value, "a port from 1 to 65535, for example 8000"):
        environment.port("X", default="8000")


@pytest.mark.parametrize(
    "value",
    [
        *("http://a", "https://status.example.org", "https://status.example.org:8443"),
        *("http://127.0.0.1:8000", "http://[::1]", "http://[::1]:8000", "https://Status.Example.org"),
    ],
)
def test_an_origin(given, value):
    given(value)

    assert environment.origin("X", default="http://default") == value


@pytest.mark.parametrize("value", [None, ""])
def test_an_origin_has_a_default(given, value):
    given(value)

    assert environment.origin("X", default="http://default") == "http://default"


@pytest.mark.parametrize(
    "value",
    [
        *("status.example.org", "ftp://status.example.org", "https://", "//status.example.org", "HTTPS://a"),
        *("https://a/", "https://a/path", "https://a?q", "https://a#f", "https://user@a", "https://a b"),
        *(
            "https://*",
            "https://*:8443",
            "https://*.example.org",
            "https://-a",
            "https://a-",
            "https://a.",
            "https://ä.example",
        ),
        *("https://a:port", "https://a:", "https://a:0", "https://a:65536", "https://[::1", "https://[x]"),
    ],
)
def test_an_origin_is_a_scheme_a_host_and_a_port(given, value):
    given(value)

    with refused(value, "http:// or https://, a host and perhaps a port, for example https://status.example.org"):
        environment.origin("X", default="http://default")


@pytest.mark.parametrize("value", ["https://a", "http://a", "mailto:a@example.org", ""])
def test_a_link(given, value):
    given(value)

    assert environment.link("X") == value


def test_a_link_is_optional(given):
    given(None)

    assert environment.link("X") == ""


@pytest.mark.parametrize("value", ["javascript:alert(1)", "a", "//a", "ftp://a", " https://a"])
def test_a_link_has_a_scheme_for_people(given, value):
    given(value)

    with refused(value, "an address that begins with https://, http:// or mailto:"):
        environment.link("X")


def test_a_folder_is_created_with_those_above_it(given, tmp_path):
    given(str(tmp_path / "a/../b/c"))

    for _ in range(2):
        assert environment.folder("X", default=tmp_path) == tmp_path / "b/c"
        assert (tmp_path / "b/c").is_dir()


def test_a_folder_has_a_default(given, tmp_path):
    given("")

    assert environment.folder("X", default=tmp_path / "default") == tmp_path / "default"


@pytest.mark.parametrize("path", ["file", "file/below"])
def test_a_folder_that_cannot_be_created_is_refused(given, tmp_path, path):
    (tmp_path / "file").touch()
    value = str(tmp_path / path)
    given(value)

    with refused(value, "a folder that this process may create and write to"):
        environment.folder("X", default=tmp_path)


def test_a_folder_that_cannot_be_written_to_is_refused(given, tmp_path, monkeypatch):
    value = str(tmp_path)
    given(value)
    monkeypatch.setattr(environment.os, "access", lambda path, mode: (path, mode) != (tmp_path, environment.os.W_OK))

    with refused(value, "a folder that this process may create and write to"):
        environment.folder("X", default=tmp_path)


def test_a_secret_key(given, tmp_path):
    given("k" * 50)

    assert environment.secret_key("X", folder=tmp_path) == "k" * 50
    assert list(tmp_path.iterdir()) == []


def test_a_secret_key_that_is_too_short_is_refused_and_not_shown(given, tmp_path):
    given("k" * 49)

    with refused("49 characters long", "at least 50 random characters"):
        environment.secret_key("X", folder=tmp_path)


@pytest.mark.parametrize("value", [None, ""])
def test_a_secret_key_is_generated_once_for_its_owner_only(given, tmp_path, value):
    given(value)
    key = environment.secret_key("X", folder=tmp_path)
    other = tmp_path / "other"
    other.mkdir()

    assert len(key) >= 64
    assert environment.secret_key("X", folder=tmp_path) == key
    assert environment.secret_key("X", folder=other) != key
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_secret_key_that_another_process_stored_in_the_meantime_is_used(given, tmp_path, monkeypatch):
    given(None)

    def linked_by_another(source, target):
        # A file can only be linked within its file system.
        assert Path(source).parent == tmp_path
        target.write_text("o" * 60)
        raise FileExistsError

    monkeypatch.setattr(environment.os, "link", linked_by_another)

    assert environment.secret_key("X", folder=tmp_path) == "o" * 60


def test_a_stored_secret_key_that_is_too_short_is_refused_with_its_path(given, tmp_path):
    given(None)
    path = tmp_path / "secret_key"
    path.write_text("short\n")

    with pytest.raises(ImproperlyConfigured, match=f"kept in {path}: delete that file to have a new one made"):
        environment.secret_key("X", folder=tmp_path)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_database(given, scheme, tmp_path):
    given(f"{scheme}://user:p%40ss@db.example:5433/name?sslmode=require")

    config = environment.database("X", default=tmp_path)

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"], config["HOST"], config["PORT"], config["NAME"]) == (
        *("user", "p@ss", "db.example", 5433, "name"),
    )
    assert config["OPTIONS"] == {"sslmode": "require", "connect_timeout": 5}
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize("value", [None, "", "sqlite:////data/site.sqlite3"])
def test_a_sqlite_database(given, value):
    given(value)

    config = environment.database("X", default="/data/site.sqlite3")

    assert (config["ENGINE"], config["NAME"]) == ("django.db.backends.sqlite3", "/data/site.sqlite3")
    assert config["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("mysql://user:hunter2@host/name", "mysql:…"),
        ("postgres://user:hunter2@host:port/name", "postgres:…"),
    ],
)
def test_another_database_is_refused_without_its_password(given, value, shown, tmp_path):
    given(value)

    with pytest.raises(ImproperlyConfigured) as error:
        environment.database("X", default=tmp_path)

    cure = "postgres://user:password@host:5432/name or sqlite:////absolute/path"
    assert str(error.value) == f"the setting X is {shown!r}. Allowed: {cure}."
