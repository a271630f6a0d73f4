"""What outdates a page: another answer to one of the queries that it was rendered from."""

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from codes.models import ContentState, Option, StatusCode, Vendor
from statusdocs.page_cache.cached_page import request
from statusdocs.page_cache.queries import answers, recorded_queries

PAGES = [
    *("/", "/404", "/404.json", "/404.png", "/410", "/427", "/499", "/499/nginx", "/500", "/403/iis/14"),
    *("/codes", "/codes.json", "/codes.csv", "/classes/4xx", "/classes/5xx", "/vendors", "/vendors/nginx.md"),
    *("/vendors/nginx", "/vendors/cloudflare", "/rfcs/9110", "/rfcs/2324", "/headers/retry-after", "/headers/allow"),
    *("/compare/404,410", "/compare/301,302,303,307,308", "/choose", "/choose/moved-for-good", "/about", "/api"),
    *("/sitemap.xml", "/llms.txt", "/llms-full.txt", "/robots.txt"),
]
# These ask for the state of the whole content, by which values of the filters are remembered.
AFTER_EVERY_EDIT = {"/codes", "/codes.json", "/codes.csv", "/api"}


@pytest.fixture(scope="module")
def queries(django_db_setup, django_db_blocker):
    """The queries that each page is rendered from."""
    application, queries = get_wsgi_application(), {}
    with django_db_blocker.unblock():
        for path in PAGES:
            with recorded_queries() as queries[path]:
                assert request(application, settings.ORIGIN, path)[0] == 200
    return queries


@pytest.fixture
def outdated_by(queries, db):
    """The pages that a change of content outdates."""

    def outdated_by(change):
        before = answers(set().union(*queries.values()))
        change()
        # On PostgreSQL the triggers wait for the commit, and this is never committed.
        ContentState.objects.update(token="another")
        after = answers(before)
        return {path for path in PAGES if any(before[query] != after[query] for query in queries[path])}

    return outdated_by


def code(number, vendor=None):
    return StatusCode.objects.get(number=number, vendor__slug=vendor)


def test_a_long_text_outdates_the_pages_of_its_code_and_those_that_have_all_texts(outdated_by):
    outdated = outdated_by(lambda: StatusCode.objects.filter(number=404).update(advice_client="Other."))

    # PostgreSQL may list one code's comparisons in another order then, which outdates the sitemap in vain.
    outdated -= {"/sitemap.xml"}
    assert outdated == AFTER_EVERY_EDIT | {"/404", "/404.json", "/404.png", "/compare/404,410", "/llms-full.txt"}


def test_a_phrase_outdates_every_page_that_links_to_its_code(outdated_by):
    outdated = outdated_by(lambda: StatusCode.objects.filter(number=404).update(phrase="Lost"))

    assert outdated >= {"/404", "/codes", "/classes/4xx", "/rfcs/9110", "/compare/404,410", "/llms.txt"}
    assert outdated.isdisjoint({"/427", "/499", "/403/iis/14", "/classes/5xx", "/vendors/nginx", "/about"})


@pytest.mark.parametrize(
    "change",
    [
        lambda: code(404).keywords.create(words="lost"),
        lambda: code(404).sources.all().delete(),
        lambda: code(404).examples.update(request="GET / HTTP/1.1"),
    ],
    ids=["new", "deleted", "changed"],
)
def test_what_belongs_to_a_code_outdates_its_pages(outdated_by, change):
    outdated = outdated_by(change)

    assert outdated >= {"/404", "/404.json"}
    assert outdated.isdisjoint({"/410", "/499", "/427", "/rfcs/9110", "/classes/4xx", "/choose"})


def test_a_new_meaning_outdates_every_list_that_it_is_in(outdated_by):
    def add():
        nginx = Vendor.objects.get(slug="nginx")
        StatusCode.objects.create(number=427, status_class_id=4, vendor=nginx, summary="New.", description="New.")

    outdated = outdated_by(add)

    lists = {"/", "/codes", "/codes.json", "/codes.csv", "/classes/4xx", "/vendors", "/vendors/nginx", "/sitemap.xml"}
    assert outdated >= {"/427", *lists}
    assert outdated.isdisjoint(
        {"/404.json", "/vendors/cloudflare", "/classes/5xx", "/rfcs/9110", "/headers/retry-after"}
    )


def test_a_vendor_outdates_its_page_and_its_name_those_of_its_codes(outdated_by):
    outdated = outdated_by(lambda: Vendor.objects.filter(slug="nginx").update(company="Other"))
    assert outdated >= {"/vendors", "/vendors/nginx", "/vendors/nginx.md"}
    assert outdated.isdisjoint({"/404", "/410", "/vendors/cloudflare", "/rfcs/9110"})

    assert "/499" in outdated_by(lambda: Vendor.objects.filter(slug="nginx").update(name="Other"))


def test_an_option_outdates_its_question(outdated_by):
    outdated = outdated_by(lambda: Option.objects.filter(step__slug="start").update(text="Other."))

    assert "/choose" in outdated
    assert outdated.isdisjoint({"/404", "/499", "/rfcs/9110", "/vendors/nginx"})


def test_a_page_without_content_of_the_database_is_never_outdated(outdated_by):
    assert outdated_by(StatusCode.objects.filter(number=404).delete).isdisjoint({"/robots.txt"})


def test_what_is_written_is_no_query(db):
    with recorded_queries() as queries:
        Vendor.objects.filter(slug="nginx").update(name="Other")

    assert queries == set()


def test_a_query_that_cannot_be_kept_is_an_error_at_once(db):
    with recorded_queries(), pytest.raises(TypeError), connection.cursor() as cursor:
        cursor.execute("SELECT %s", [object()])
