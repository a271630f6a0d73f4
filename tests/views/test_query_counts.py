"""The number of queries does not grow with the content: the same for 100 and for 1,000 meanings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes import search
from codes.models import RFC, HeaderField, Library, StatusClass, StatusCode, Vendor

NUMBER_PAGES = ["/499", "/499.json", "/499/vendor-1", "/499/vendor-1.json", "/499.md"]
LISTS = [
    "/codes",
    "/codes.json",
    "/codes.csv",
    "/codes?q=nobody&class=4&sort=-phrase",
    "/codes.json?vendor=vendor-1&header=allow&q=nobody",
]
COMPARISONS = ["/compare", "/compare/404,499", "/compare/499:nginx,499:vendor-1"]
OTHERS = [
    "/",
    "/classes/4xx",
    "/classes/4xx.json",
    "/vendors",
    "/vendors/vendor-1",
    "/rfcs/9110",
    "/headers/allow",
    "/suggest?q=nobody",
    "/sitemap.xml",
    "/llms-full.txt",
]


def add_meanings(count):
    """Meanings of 499 and of other numbers, each with something in every table that hangs on a code."""
    rfc, header, library = RFC.objects.get(number=9110), HeaderField.objects.get(slug="allow"), Library.objects.first()
    other = StatusCode.objects.get(number=404, vendor=None)
    start = Vendor.objects.filter(slug__startswith="vendor-").count()
    for position in range(start, start + count):
        vendor = Vendor.objects.create(slug=f"vendor-{position}", name=f"Vendor {position}", kind="product")
        code = StatusCode.objects.create(
            number=499 if position % 2 else 400 + position % 99,
            status_class=StatusClass.objects.get(digit=4),
            vendor=vendor,
            summary="Nobody sends this.",
            description="See RFC 9110 §15.",
        )
        code.former_phrases.create(phrase="Other")
        code.keywords.create(words="other words")
        code.definitions.create(rfc=rfc, section="15")
        code.properties.create(name="cacheable", value="silent", rfc=rfc)
        code.header_rules.create(header=header, requirement="MAY", rfc=rfc)
        code.constants.create(library=library, name="OTHER")
        code.examples.create(request="GET / HTTP/1.1", response="HTTP/1.1 499")
        code.see_also.create(other=other, difference="Another.")
        code.subcodes.create(number=1, phrase="One", summary="One.")
        code.sources.create(title="A source", url="https://example.org/")


def count_queries(client, path):
    # The index of the search is made once for every state of the content, not for every visit.
    search.find("")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.fixture
def counts(client, db):
    """The queries of each address with 100 meanings more, and with 1,000 more."""
    paths = NUMBER_PAGES + LISTS + COMPARISONS + OTHERS
    add_meanings(100)
    with_100 = {path: count_queries(client, path) for path in paths}
    add_meanings(900)
    return with_100, {path: count_queries(client, path) for path in paths}


def test_queries_do_not_grow_with_the_content_and_stay_in_budget(counts):
    with_100, with_1000 = counts

    assert with_100 == with_1000
    assert all(with_1000[path] <= 14 for path in NUMBER_PAGES)
    assert all(with_1000[path] <= 8 for path in LISTS + COMPARISONS)
