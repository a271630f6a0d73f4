"""What the server runs."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from statusdocs.finished_pages.layer import in_front_of
from statusdocs.request_log import logged
from statusdocs.slow_senders import FewWithContent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statusdocs.settings")

application: WSGIApplication = FewWithContent(get_wsgi_application())
if settings.ANSWER_WITH_FINISHED_PAGES:
    application = in_front_of(application)
if settings.REQUEST_LOG:
    application = logged(application)
