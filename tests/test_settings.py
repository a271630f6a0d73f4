"""Settings from the environment: a wrong value stops the start and names the cure."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = "from django.conf import settings as s; print({expression})"


def start(tmp_path, expression="s.ORIGIN", **environment):
    """A process that reads the settings, with only these variables set."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "statusdocs.settings",
        "STATUSDOCS_DATA": str(tmp_path),
        **environment,
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SHOW.format(expression=expression)]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("PORT", "eighty", "a port from 1 to 65535"),
        ("PORT", "70000", "a port from 1 to 65535"),
        ("STATUSDOCS_ORIGIN", "status.example.org", "http:// or https://, a host"),
        ("STATUSDOCS_ORIGIN", "https://status.example.org/", "http:// or https://, a host"),
        ("STATUSDOCS_ORIGIN", "ftp://status.example.org", "http:// or https://, a host"),
        ("STATUSDOCS_ORIGIN", "https://*", "http:// or https://, a host"),
        ("STATUSDOCS_ORIGIN", "https://host:port", "http:// or https://, a host"),
        ("STATUSDOCS_DATA", "/proc/nowhere", "a folder that this process may create"),
        ("STATUSDOCS_SECRET_KEY", "short", "at least 50 random characters"),
        ("STATUSDOCS_DEBUG", "yes", "on, off"),
        ("STATUSDOCS_REQUEST_LOG", "yes", "on, off"),
        ("STATUSDOCS_FINISHED_PAGES", "yes", "on, off"),
        ("STATUSDOCS_TRY", "maybe", "on, off"),
        ("STATUSDOCS_REPORT_URL", "javascript:alert(1)", "https://, http:// or mailto:"),
        ("DATABASE_URL", "mysql://user:password@host/name", "postgres://user:password@host:5432/name"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_cure(tmp_path, name, value, cure):
    process = start(tmp_path, **{name: value})

    assert process.returncode != 0
    assert f"the setting {name} is" in process.stderr
    assert cure in process.stderr
    assert "Traceback" not in process.stderr


def test_a_wrong_database_address_does_not_show_its_password(tmp_path):
    assert "hunter2" not in start(tmp_path, DATABASE_URL="mysql://user:hunter2@host/name").stderr


def test_the_origin_follows_the_port(tmp_path):
    assert start(tmp_path, PORT="8123").stdout.strip() == "http://127.0.0.1:8123"


def test_only_the_origins_host_is_allowed(tmp_path):
    process = start(tmp_path, "s.ALLOWED_HOSTS", STATUSDOCS_ORIGIN="https://status.example.org:8443")

    assert process.stdout.strip() == "['status.example.org']"


def test_a_site_on_this_machine_has_all_of_its_names(tmp_path):
    assert start(tmp_path, "s.ALLOWED_HOSTS").stdout.strip() == "['127.0.0.1', 'localhost', '[::1]']"


def test_the_secret_key_is_made_once_and_readable_by_the_owner_only(tmp_path):
    first = start(tmp_path, "s.SECRET_KEY").stdout
    second = start(tmp_path, "s.SECRET_KEY").stdout

    assert first == second
    assert len(first.strip()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_kept_key_is_read_without_the_line_end_that_an_editor_left(tmp_path):
    (tmp_path / "secret_key").write_text("k" * 60 + "\n")

    assert start(tmp_path, "s.SECRET_KEY", STATUSDOCS_SECRET_KEY="").stdout == "k" * 60 + "\n"


def test_a_kept_key_that_is_cut_off_is_refused_with_the_cure(tmp_path):
    (tmp_path / "secret_key").write_text("")

    assert "delete that file to have a new one made" in start(tmp_path).stderr


def test_https_brings_hsts_and_secure_cookies(tmp_path):
    expression = "s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE"

    assert start(tmp_path, expression).stdout.strip() == "0 False False"
    process = start(tmp_path, expression, STATUSDOCS_ORIGIN="https://status.example.org")
    assert process.stdout.strip() == "31536000 True True"


def test_static_files_are_compressed_and_have_hashed_names_outside_debug(tmp_path):
    expression = "s.STORAGES['staticfiles']['BACKEND']"

    assert start(tmp_path, expression).stdout.strip() == "whitenoise.storage.CompressedManifestStaticFilesStorage"
    assert "whitenoise" not in start(tmp_path, expression, STATUSDOCS_DEBUG="on").stdout


def test_sqlite_waits_for_its_turn_and_survives_a_power_cut(tmp_path):
    pragmas = (
        "[__import__('django.db', fromlist=['connection']).connection.cursor().execute(f'PRAGMA {p}').fetchone()[0]"
        " for p in ('journal_mode', 'synchronous')]"
    )

    assert start(tmp_path, pragmas).stdout.strip() == "['wal', 2]"
    assert start(tmp_path, "s.DATABASES['default']['OPTIONS']['transaction_mode']").stdout.strip() == "IMMEDIATE"
    assert start(tmp_path, "s.DATABASES['default'].get('ATOMIC_REQUESTS', False)").stdout.strip() == "False"


def test_hsts_goes_out_where_the_origin_is_https(client, db, settings):
    settings.HTTPS = True
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert client.get("/about").headers["Strict-Transport-Security"] == "max-age=31536000"
