"""What keeps the renderer alive."""

import errno
import logging

import pytest

from statusdocs.page_cache import supervisor


def test_a_renderer_that_cannot_be_started_is_started_again(tmp_path, monkeypatch, caplog):
    started = []

    def start(*arguments, **options):
        started.append(arguments)
        raise OSError(errno.ENOMEM, "Cannot allocate memory") if len(started) == 1 else KeyboardInterrupt

    monkeypatch.setattr(supervisor.subprocess, "Popen", start)
    monkeypatch.setattr(supervisor.time, "sleep", lambda seconds: None)

    with caplog.at_level(logging.ERROR), pytest.raises(KeyboardInterrupt):
        supervisor.supervise_renderer(tmp_path, "release")

    assert len(started) == 2
    assert "the renderer of cached pages cannot be started" in caplog.text
