"""One renderer a host, kept alive by the web processes."""

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

# Seconds before a renderer that ended is started again: one that cannot start at all shall not keep a core busy.
STARTS_AGAIN_AFTER = 1


def keep_one_renderer(folder: Path, release: str) -> None:
    """Wait until no other web process does it, then run the renderer for as long as this process lives.

    The kernel gives the lock to another process when this one dies, however it dies. The renderer ends when the other
    end of its standard input does.

    Args:
        folder: the data folder.
        release: the fingerprint of the release.
    """
    with (folder / f"finished-{release}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        while True:
            try:
                logger.warning("the renderer of finished pages ended with status %s", _start_renderer(release).wait())
            except OSError:
                # No memory, process or file to be had at the moment.
                logger.exception("the renderer of finished pages cannot be started")
            time.sleep(STARTS_AGAIN_AFTER)


def _start_renderer(release: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (nothing in it comes from outside)
        [sys.executable, "-m", "statusdocs.page_cache", release],
        cwd=settings.BASE_DIR,
        # What Python puts in an order by chance (django-csp its directives) is in the same one after a restart.
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
    )
