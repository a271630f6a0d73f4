"""/404.png and /card.png: the pictures that are shown beside a link."""

from io import BytesIO
from itertools import pairwise

import pytest
from django.urls import reverse
from PIL import Image

from codes.documents.describe import describe_class, describe_number
from codes.drawings import social_card
from codes.models import StatusClass, StatusCode
from codes.publishing import addresses


def card(number):
    codes = list(StatusCode.objects.of_number(number).for_detail())
    document = describe_number(number, codes, registry=None)
    status_class = StatusClass.objects.filter(digit=number // 100).first()
    return social_card.card_of(document, describe_class(status_class) if status_class else None)


@pytest.mark.parametrize(
    ("number", "headline", "aside"),
    [
        (511, "Network Authentication Required", "HTTP status code"),
        (451, "Unavailable For Legal Reasons", "HTTP status code · 2 meanings"),
        (444, "No Response", "HTTP status code · nginx"),
        (499, "7 meanings", "HTTP status code"),
        (427, "Unassigned", "HTTP status code"),
        (306, "Switch Proxy", "HTTP status code"),
    ],
)
def test_a_card_says_what_the_number_means(db, number, headline, aside):
    assert (card(number).headline, card(number).aside) == (headline, aside)


def test_a_card_names_the_class(db):
    assert card(404).corner == "4xx Client Error"
    assert card(999).corner == "Outside 100 to 599"


def test_every_picture_can_be_read(answer_at, db):
    known = set(StatusCode.objects.numbers())
    # All unassigned numbers of a class are drawn alike.
    alike = {reverse("number-card", args=[number]) for number in range(100, 600) if number not in known}

    paths = set(addresses.cards()) - alike | {"/105.png", "/599.png"}

    for path in paths:
        response = answer_at(path)
        assert response.headers["Content-Type"] == "image/png", path
        Image.open(BytesIO(response.content)).verify()
        picture = Image.open(BytesIO(response.content))
        assert picture.size == (1200, 630), path
        assert picture.convert("RGB").getcolors(16), path
        assert len(picture.getcolors()) > 1, path
        assert len(response.content) < 20_000, path


@pytest.mark.slow
def test_every_text_stays_inside_its_picture_and_off_the_next_line(db):
    for number in addresses.numbers():
        lines = social_card.layout(card(number))
        for line in lines:
            left, top, right, bottom = line.box
            assert left >= 40, line
            assert right <= 1200 - 40, line
            assert top >= 20, line
            assert bottom <= 630 - 20, line
        below_each_other = lines[2:]
        for upper, lower in pairwise(below_each_other):
            assert upper.box[3] <= lower.box[1], (upper, lower)


@pytest.mark.parametrize("headline", ["Request has been forbidden by " * 4, "W" * 100, "中文 – naïve…"])
def test_a_name_that_is_too_long_or_foreign_is_drawn_all_the_same(headline):
    lines = social_card.layout(social_card.Card("404", headline, "", "4xx Client Error"))

    assert all(line.box[2] <= 1200 for line in lines)


def test_a_changed_phrase_is_drawn_anew(client, db):
    before = client.get("/413.png")
    StatusCode.objects.filter(number=413).update(phrase="Content Far Too Large")

    after = client.get("/413.png")

    assert after.content != before.content
    assert after.headers["ETag"] != before.headers["ETag"]


def test_pictures_may_be_shown_on_any_site(client, db):
    headers = client.get("/404.png").headers

    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_a_number_without_a_page_has_no_picture(client, db):
    assert client.get("/777.png").status_code == 404


@pytest.mark.parametrize(
    ("path", "picture"),
    [("/404", "404"), ("/000", "000"), ("/499/nginx", "499"), ("/403/iis/14", "403"), ("/codes", "card")],
)
def test_a_page_names_its_picture(get_html, settings, path, picture):
    assert f'<meta property="og:image" content="{settings.ORIGIN}/{picture}.png">' in get_html(path)
