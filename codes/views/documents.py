"""Answering with a document: in the representation that the address names."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from codes.representations import Document

DocumentView = Callable[..., Document | HttpResponse]


def written_as(representation: str, view: DocumentView) -> Callable[..., HttpResponse]:
    """Let a view that returns a document answer in one representation. An error that it returns stays what it is."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        said = view(request, *args, **kwargs)
        return said.written_as(representation) if isinstance(said, Document) else said

    return answer
