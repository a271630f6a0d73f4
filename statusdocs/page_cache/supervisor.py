"""One renderer per host, run by one of the web processes."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

# Seconds before a renderer that ended is started again. One that cannot start at all must not keep a core busy.
RESTART_DELAY = 1


def supervise_renderer(folder: Path, release: str) -> None:
    """Wait until no other web process runs the renderer, then run it for as long as this process lives.

    However this process dies, the kernel releases its lock to another one, and the renderer ends because its standard
    input is closed.

    Args:
        folder: the data folder.
        release: the fingerprint of the release.
    """
    with (folder / f"finished-{release}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        while True:
            try:
                logger.warning("the renderer of cached pages ended with status %s", _start_renderer(release).wait())
            except OSError:
                # Memory, processes or files are exhausted at the moment.
                logger.exception("the renderer of cached pages cannot be started")
            time.sleep(RESTART_DELAY)


def _start_renderer(release: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (nothing in it comes from outside)
        [sys.executable, "-m", "statusdocs.page_cache", release],
        cwd=settings.BASE_DIR,
        # The order of a set of strings (django-csp has one) must be the same after a restart.
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
    )
