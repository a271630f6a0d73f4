"""The social cards: images that messengers and social networks show with a link."""

from django.http import HttpRequest, HttpResponse

from codes.documents import responses
from codes.documents.describe import describe_class, describe_number
from codes.drawings import social_card
from codes.models import StatusClass, StatusCode
from codes.views.errors import NotFound, nearest_codes


def number_card(request: HttpRequest, number: int) -> HttpResponse:
    """The card of a number."""
    codes = StatusCode.objects.of_number(number).details()
    if not codes and not 100 <= number <= 599:
        raise NotFound(f"Nobody is known to use {number:03d}, so there is no image of it.", nearest_codes(number))

    status_class = StatusClass.objects.filter(digit=number // 100).first()
    card = social_card.card_of(
        describe_number(number, codes, registry=None), describe_class(status_class) if status_class else None
    )
    return _image(card)


def site_card(request: HttpRequest) -> HttpResponse:
    """The card of all other pages."""
    return _image(social_card.SITE)


def _image(card: social_card.Card) -> HttpResponse:
    return responses.data(social_card.draw_card(card), "image/png")
