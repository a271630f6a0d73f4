"""What all public addresses have in common: their methods (RFC 9110 sections 9.3, 15.5.6), caching, and the response
while the database is unavailable."""

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
# Browsers revalidate each time, which costs a 304. A shared cache may use a response for 20 s, and for another 20 s
# while it revalidates, so an edit shows within 60 s; while the site is down, for a day (RFC 9111, RFC 5861).
PUBLIC = "public, max-age=0, s-maxage=20, stale-while-revalidate=20, stale-if-error=86400"


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view handle GET and HEAD, handle OPTIONS here, and refuse every other method with 405.

    Responses with 200 or 300 may be stored by every cache, unless the view says otherwise.
    """

    # No data is accepted, so there is nothing to forge; without this a POST would get 403 instead of 405.
    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            try:
                response = view(request, *args, **kwargs)
            except OperationalError:
                logger.exception("the database is unavailable for %s", request.path)
                return _unavailable(request)
            if response.status_code in (HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES):
                response.headers.setdefault("Cache-Control", PUBLIC)
            return response
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = ", ".join(_ALLOWED)
            response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            # There is no content, so it has no type.
            del response.headers["Content-Type"]
        else:
            detail = f"This address is read-only. It allows {', '.join(_ALLOWED)}."
            response = errors.respond(request, describe_problem(405, detail))
        response.headers["Allow"] = ", ".join(_ALLOWED)
        return response

    return wrapper


def _unavailable(request: HttpRequest) -> HttpResponse:
    detail = "The database is unavailable at the moment. Please try again in a minute."
    response = errors.respond(request, describe_problem(503, detail))
    response.headers["Retry-After"] = "60"
    return response
