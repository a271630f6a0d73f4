"""What keeps one renderer alive."""

import errno
import fcntl
import logging
import os
import subprocess

import pytest

from statusdocs.page_cache import supervisor


class Renderer:
    """A process that has ended."""

    def wait(self):
        return 3


@pytest.fixture
def start(monkeypatch):
    """Let the renderer start as told, each time in turn; returns the arguments of each start."""
    arguments = []

    def start(*outcomes):
        pending = iter(outcomes)

        def start_renderer(release):
            arguments.append(release)
            outcome = next(pending)
            if isinstance(outcome, Renderer):
                return outcome
            raise outcome

        monkeypatch.setattr(supervisor, "_start_renderer", start_renderer)
        return arguments

    return start


@pytest.fixture
def slept(monkeypatch):
    """The seconds that the supervisor waited."""
    seconds = []
    monkeypatch.setattr(supervisor.time, "sleep", seconds.append)
    return seconds


def test_a_renderer_that_cannot_be_started_is_started_again(tmp_path, start, slept, caplog):
    started = start(OSError(errno.ENOMEM, "Cannot allocate memory"), KeyboardInterrupt)

    with caplog.at_level(logging.ERROR), pytest.raises(KeyboardInterrupt):
        supervisor.supervise_renderer(tmp_path, "release")

    assert started == ["release", "release"]
    assert slept == [supervisor.RESTART_DELAY]
    assert caplog.messages == ["the renderer of cached pages cannot be started"]
    assert "Cannot allocate memory" in caplog.text


def test_a_renderer_that_ends_is_started_again(tmp_path, start, slept, caplog):
    started = start(Renderer(), Renderer(), KeyboardInterrupt)

    with caplog.at_level(logging.WARNING), pytest.raises(KeyboardInterrupt):
        supervisor.supervise_renderer(tmp_path, "release")

    assert len(started) == 3
    assert slept == [supervisor.RESTART_DELAY] * 2
    assert caplog.messages == ["the renderer of cached pages ended with status 3"] * 2


def test_only_one_process_supervises_the_renderer_of_a_release(tmp_path, start, slept):
    def is_locked(release):
        with (tmp_path / f"finished-{release}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    class Checked(Renderer):
        def wait(self):
            locked.extend(is_locked(release) for release in ("release", "other"))

    locked = []
    start(Checked(), KeyboardInterrupt)

    with pytest.raises(KeyboardInterrupt):
        supervisor.supervise_renderer(tmp_path, "release")

    assert locked == [True, False]
    assert not is_locked("release")


# It notes how it was started, and ends when its standard input does, as the renderer.
PYTHON = """#!/bin/sh
echo "$PWD $PYTHONHASHSEED $DATABASE_URL $*" > "$(dirname "$0")/started"
cat
exit 3
"""


def test_the_renderer_has_the_environment_of_the_web_process_and_ends_with_its_input(tmp_path, monkeypatch, settings):
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    settings.BASE_DIR = tmp_path / "base"
    settings.BASE_DIR.mkdir()
    monkeypatch.setattr(supervisor.sys, "executable", str(python))
    monkeypatch.setenv("DATABASE_URL", "sqlite:///here")

    renderer = supervisor._start_renderer("release")
    with pytest.raises(subprocess.TimeoutExpired):
        renderer.wait(timeout=0.2)
    renderer.stdin.close()

    assert renderer.wait(timeout=30) == 3
    started = f"{os.path.realpath(settings.BASE_DIR)} 0 sqlite:///here -m statusdocs.page_cache release\n"
    assert (tmp_path / "started").read_text() == started
