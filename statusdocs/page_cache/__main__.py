"""The renderer's process. A web process starts it, with the fingerprint of the release as its argument."""

import os
import sys
import threading

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from statusdocs.page_cache.renderer import Renderer
from statusdocs.page_cache.static_files import static_files
from statusdocs.page_cache.store import Store

# Requests come first; at 19 it would hardly run at all on a busy machine.
NICENESS = 5


def exit_with_parent() -> None:
    """Exit when the web process, which has the other end of the standard input, is gone."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statusdocs.settings")
    threading.Thread(target=exit_with_parent, daemon=True).start()
    os.nice(NICENESS)
    application = get_wsgi_application()
    with Store(settings.DATA_DIR, release=sys.argv[1]) as store:
        store.remove_other_releases()
        sources = {name: import_string(path) for name, path in settings.PAGE_CACHE_SOURCES.items()}
        public = sources.pop("addresses")
        Renderer(application, store, addresses=lambda: [*static_files(), *public()], **sources).run()
