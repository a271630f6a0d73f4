"""Which methods the public addresses allow (RFC 9110 sections 9.3, 15.5.6)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from codes.views import errors

_ALLOWED = ("GET", "HEAD", "OPTIONS")


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer GET and HEAD; answer OPTIONS here; refuse every other method with 405."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = ", ".join(_ALLOWED)
        else:
            response = errors.respond(
                request,
                405,
                "Method Not Allowed",
                f"This address can be read, with {', '.join(_ALLOWED)}; nothing can be sent to it.",
            )
        response.headers["Allow"] = ", ".join(_ALLOWED)
        return response

    return answer
