"""/, /about, /healthz, /readyz."""

import pytest
from django.db import connection

from codes.models import Registry, StatusCode


def test_home_has_a_cell_for_every_number_in_use(get_html):
    page = get_html("/")

    for number in StatusCode.objects.numbers():
        assert f'href="/{number:03d}"' in page
    assert 'href="/427"' not in page


@pytest.mark.parametrize(
    ("number", "kind"), [(404, "registered"), (104, "temporary"), (418, "unused"), (510, "obsoleted"), (520, "vendor")]
)
def test_home_tells_what_the_registry_says_of_a_number_by_the_shape_of_its_cell(get_html, number, kind):
    cell = get_html("/").partition(f'href="/{number}"')[0].rpartition("<li ")[2]

    assert f"number-cell--{kind}" in cell


def test_a_cell_of_home_says_how_many_meanings_a_number_has(get_html):
    page = get_html("/")

    assert "7 meanings" in page.partition('href="/499"><span')[2].partition("</a>")[0]
    assert "more meaning" in page.partition('href="/451"')[2].partition("</a>")[0]
    assert "Cloudflare" in page.partition('href="/521"')[2].partition("</a>")[0]


def test_home_leads_to_every_class_and_to_the_usual_questions_at_its_top(get_html):
    top = get_html("/").partition('class="number-map ')[0]

    for label in ("1xx", "2xx", "3xx", "4xx", "5xx"):
        assert f'href="#class-{label}"' in top
    for question in ("/499", "/choose", "/headers/retry-after", "/compare/301,302,303,307,308", "/vendors", "/codes"):
        assert f'href="{question}"' in top


def test_home_has_a_search_that_needs_no_script(get_html):
    page = get_html("/")

    assert '<form class="search-form" action="/codes" method="get">' in page


def test_about_says_when_the_registry_was_checked(get_html):
    checked_on = Registry.objects.get().checked_on

    assert f'<time datetime="{checked_on.isoformat()}">' in get_html("/about")


def test_about_says_where_to_report_a_mistake(get_html, settings):
    assert "has no address for reports" in get_html("/about")

    settings.REPORT_URL = "https://example.org/report?a=1&b=2"

    assert 'href="https://example.org/report?a=1&amp;b=2"' in get_html("/about")


def test_healthz_says_that_the_process_is_up(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_readyz_says_that_there_is_content(client, db):
    assert client.get("/readyz").content == b"ok\n"


def test_readyz_names_missing_content(client, db):
    StatusCode.objects.all().delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert b"load_content" in response.content


def test_readyz_names_missing_migrations(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'codes'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert b"migrate" in response.content


@pytest.mark.parametrize("name", ["site.css", "favicon.svg"])
def test_static_files_are_served(client, db, name):
    response = client.get(f"/static/{name}")

    assert response.status_code == 200
    assert b"".join(response.streaming_content)
