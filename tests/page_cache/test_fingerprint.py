"""What decides, besides content and day, how a page looks."""

import os
import subprocess
import sys

from django.conf import settings

from statusdocs.page_cache.fingerprint import fingerprint

SHOW = "from statusdocs.page_cache.fingerprint import fingerprint; print(fingerprint())"


def in_another_process(folder, **environment):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "statusdocs.settings",
        "STATUSDOCS_DATA": str(folder),
        **environment,
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SHOW]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True).stdout


def test_every_process_of_a_release_agrees_on_its_fingerprint(tmp_path):
    assert in_another_process(tmp_path) == in_another_process(tmp_path)


def test_another_public_address_is_another_release(tmp_path):
    assert in_another_process(tmp_path) != in_another_process(tmp_path, STATUSDOCS_ORIGIN="https://other.example")


def test_another_template_and_other_static_files_are_another_release(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "templates").mkdir()
    (tmp_path / "static").mkdir()
    seen = {fingerprint()}

    (tmp_path / "templates/base.html").write_text("one")
    seen.add(fingerprint())
    (tmp_path / "templates/base.html").write_text("two")
    seen.add(fingerprint())
    (tmp_path / "static/staticfiles.json").write_text("{}")
    seen.add(fingerprint())
    (tmp_path / "templates/opensearch.xml").write_text("one")
    seen.add(fingerprint())

    (tmp_path / "requirements.txt").write_text("django==1")
    seen.add(fingerprint())

    assert len(seen) == 6


def test_another_setting_is_another_release(settings):
    seen = {fingerprint()}

    settings.REPORT_URL = "https://other.example"
    seen.add(fingerprint())
    settings.TRY = not settings.TRY
    seen.add(fingerprint())
    settings.SECURE_HSTS_SECONDS += 1
    seen.add(fingerprint())

    assert len(seen) == 4


def test_what_python_compiled_is_no_other_release(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    before = fingerprint()

    (tmp_path / "codes/__pycache__").mkdir(parents=True)
    (tmp_path / "codes/__pycache__/urls.cpython-314.pyc").write_text("compiled")

    assert fingerprint() == before
