"""The WSGI entry point."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from statusdocs.page_cache.wsgi_middleware import with_page_cache
from statusdocs.slow_senders import SlowSenderMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statusdocs.settings")

application: WSGIApplication = SlowSenderMiddleware(get_wsgi_application())
if settings.PAGE_CACHE:
    application = with_page_cache(application)
