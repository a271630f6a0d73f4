"""What a page costs grows no faster than what it shows: with 60 meanings more, and with 600 more."""

from cProfile import Profile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes.models import (
    RFC,
    Constant,
    ContentState,
    Definition,
    Example,
    FormerPhrase,
    HeaderField,
    HeaderRule,
    Keyword,
    Library,
    Property,
    SeeAlso,
    Source,
    StatusClass,
    StatusCode,
    Subcode,
    Vendor,
)

SUFFIXES = ["", ".json", ".md", ".txt"]
NUMBER_PAGES = [f"{path}{suffix}" for path in ("/499", "/499/vendor-1") for suffix in SUFFIXES]
LISTS = [
    *(f"/codes{suffix}" for suffix in (*SUFFIXES, ".csv")),
    "/codes?class=4",
    "/codes?q=nobody&class=4&sort=-phrase",
    *(f"/codes{suffix}?vendor=vendor-1&header=allow&q=nobody" for suffix in (*SUFFIXES, ".csv")),
]
COMPARISONS = ["/compare", "/compare/404,499", "/compare/499:nginx,499:vendor-1"]
OTHERS = [
    "/",
    *(f"{path}{suffix}" for path in ("/classes/4xx", "/vendors", "/vendors/vendor-1") for suffix in SUFFIXES),
    "/rfcs/9110",
    "/headers/allow",
    "/suggest?q=nobody",
    "/sitemap.xml",
    "/llms-full.txt",
]
# Of what each page shows more, the more meanings there are.
ROWS = {
    **dict.fromkeys(["/codes", "/codes.json", "/codes.csv"], StatusCode.objects.all()),
    **dict.fromkeys(["/codes?class=4", "/classes/4xx"], StatusCode.objects.filter(status_class=4)),
    **dict.fromkeys(["/499", "/499.json", "/499/vendor-1"], StatusCode.objects.filter(number=499)),
    "/vendors": Vendor.objects.all(),
    "/": StatusCode.objects.values("number").distinct(),
}
UNCHANGED = ["/499/vendor-1.json", "/vendors/vendor-1", *COMPARISONS]
# What memory is asked for, and when, is not always the same.
SLACK = 1.02


def add_meanings(count):
    """Meanings of 499 and of other numbers, each with something in every table that hangs on a code."""
    rfc = RFC.objects.get(number=9110)
    start = Vendor.objects.filter(slug__startswith="vendor-").count()
    vendors = Vendor.objects.bulk_create(
        Vendor(slug=f"vendor-{position}", name=f"Vendor {position}", kind="product")
        for position in range(start, start + count)
    )
    codes = StatusCode.objects.bulk_create(
        StatusCode(
            number=499 if position % 2 else 400 + position % 99,
            status_class=StatusClass.objects.get(digit=4),
            vendor=vendor,
            summary="Nobody sends this.",
            description="See RFC 9110 §15.",
        )
        for position, vendor in enumerate(vendors, start)
    )
    for model, values in [
        (FormerPhrase, {"phrase": "Other"}),
        (Keyword, {"words": "other words"}),
        (Definition, {"rfc": rfc, "section": "15"}),
        (Property, {"name": "cacheable", "value": "silent", "rfc": rfc}),
        (HeaderRule, {"header": HeaderField.objects.get(slug="allow"), "requirement": "MAY", "rfc": rfc}),
        (Constant, {"library": Library.objects.first(), "name": "OTHER"}),
        (Example, {"request": "GET / HTTP/1.1", "response": "HTTP/1.1 499"}),
        (SeeAlso, {"other": StatusCode.objects.get(number=404, vendor=None), "difference": "Another."}),
        (Subcode, {"number": 1, "phrase": "One", "summary": "One."}),
        (Source, {"title": "A source", "url": "https://example.org/"}),
    ]:
        model.objects.bulk_create(model(code=code, **values) for code in codes)
    # On PostgreSQL the triggers wait for the commit, and this is never committed.
    ContentState.objects.update(token=f"with {start + count} meanings more")


def visit(client, path):
    response = client.get(path)
    assert response.status_code == 200


def count_queries(client, path):
    with CaptureQueriesContext(connection) as queries:
        visit(client, path)
    return len(queries)


def count_calls(client, path):
    """The calls of functions, those in C included. They are the same on every machine, as seconds are not."""
    with Profile() as profile:
        visit(client, path)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.slow
def test_what_a_page_costs_grows_no_faster_than_what_it_shows(client, db):
    """Queries stay the same; calls grow with the rows at most. One test, since so much content takes long to make."""
    queries, calls, rows = [], [], []
    for more in (60, 540):
        add_meanings(more)
        # What is made once for every state of the content, and not for every visit.
        visit(client, "/codes?q=nobody")
        queries.append({path: count_queries(client, path) for path in NUMBER_PAGES + LISTS + COMPARISONS + OTHERS})
        calls.append({path: count_calls(client, path) for path in [*ROWS, *UNCHANGED]})
        rows.append({**{path: shown.count() for path, shown in ROWS.items()}, **dict.fromkeys(UNCHANGED, 1)})

    assert queries[0] == queries[1]
    assert all(queries[1][path] <= 14 for path in NUMBER_PAGES)
    assert all(queries[1][path] <= 4 for path in LISTS)
    assert all(queries[1][path] <= 8 for path in COMPARISONS)
    growth = {path: (calls[1][path] / calls[0][path], rows[1][path] / rows[0][path]) for path in rows[0]}
    assert {path: both for path, both in growth.items() if both[0] > both[1] * SLACK} == {}
