"""The pictures that messengers and networks show beside a link to a page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from codes.documents import responses
from codes.documents.describe import describe_class, describe_number
from codes.drawings import social_card
from codes.models import StatusClass, StatusCode
from codes.views.errors import Unknown, nearest_codes


def number_card(request: HttpRequest, number: int) -> HttpResponse:
    """The card of a number that has a page."""
    codes = list(StatusCode.objects.of_number(number).for_detail())
    if not codes and not 100 <= number <= 599:
        raise Unknown(f"Nobody is known to use {number:03d}, so it has no picture.", nearest_codes(number))

    status_class = StatusClass.objects.filter(digit=number // 100).first()
    card = social_card.card_of(
        describe_number(number, codes, registry=None), describe_class(status_class) if status_class else None
    )
    return _answer(card)


def site_card(request: HttpRequest) -> HttpResponse:
    """The card of every page that is not about one number."""
    return _answer(social_card.SITE)


def _answer(card: social_card.Card) -> HttpResponse:
    return responses.data(social_card.png(card, settings.DATA_DIR / "cards"), "image/png")
