"""The process that makes the finished pages of a release. The web processes start it, with the fingerprint."""

import os
import sys
import threading

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from statusdocs.page_cache.renderer import Renderer
from statusdocs.page_cache.static_files import static_files
from statusdocs.page_cache.store import Store

# Visitors come first; at 19 a busy machine would hardly let it run at all.
NICENESS = 5


def end_with_parent() -> None:
    """End when the process that holds the other end of the standard input is gone."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statusdocs.settings")
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.nice(NICENESS)
    application = get_wsgi_application()
    with Store(settings.DATA_DIR, release=sys.argv[1]) as store:
        store.remove_other_releases()
        sources = {name: import_string(path) for name, path in settings.PAGE_CACHE_SOURCES.items()}
        public = sources.pop("addresses")
        Renderer(application, store, addresses=lambda: [*static_files(), *public()], **sources).run()
