"""What the server runs."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from statusdocs.finished_pages.layer import in_front_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statusdocs.settings")

_django = get_wsgi_application()
application: WSGIApplication = in_front_of(_django) if settings.ANSWER_WITH_FINISHED_PAGES else _django
