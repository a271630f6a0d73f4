"""What every public address has in common: its methods (RFC 9110 sections 9.3, 15.5.6), and a database that is away."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from codes.documents.describe import describe_problem
from codes.views import errors

logger = logging.getLogger(__name__)

_ALLOWED = ("GET", "HEAD", "OPTIONS")
# Browsers ask each time, which costs a 304. A shared cache answers for 20 s by itself and for 20 s more while it asks
# again, so an edit shows within 60 s; where the site does not answer, it may go on for a day (RFC 9111, RFC 5861).
PUBLIC = "public, max-age=0, s-maxage=20, stale-while-revalidate=20, stale-if-error=86400"


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer GET and HEAD; answer OPTIONS here; refuse every other method with 405.

    What the view answers with 200 or 300 may be held by every cache, unless the view says something else.
    """

    # Nothing can be sent here, so there is nothing to forge; without this a POST would get 403 instead of 405.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            try:
                response = view(request, *args, **kwargs)
            except OperationalError:
                logger.exception("the database did not answer %s", request.path)
                return _away(request)
            if response.status_code in (HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES):
                response.headers.setdefault("Cache-Control", PUBLIC)
            return response
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = ", ".join(_ALLOWED)
            response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            # There is no content to have a type.
            del response.headers["Content-Type"]
        else:
            detail = f"This address can be read, with {', '.join(_ALLOWED)}; nothing can be sent to it."
            response = errors.respond(request, describe_problem(405, detail))
        response.headers["Allow"] = ", ".join(_ALLOWED)
        return response

    return answer


def _away(request: HttpRequest) -> HttpResponse:
    detail = "The database does not answer at the moment. Please try again in a minute."
    response = errors.respond(request, describe_problem(503, detail))
    response.headers["Retry-After"] = "60"
    return response
