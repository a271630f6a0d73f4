"""Addresses that people guess or remember lead to the number."""

import re
from urllib.parse import quote

import pytest
from django.db import connection

from codes.models import Constant, FormerPhrase, StatusCode


def named():
    """Every name with its number, but for those of which nothing is left in ASCII (`\\o/`)."""
    names = [
        *StatusCode.objects.exclude(phrase="").values_list("phrase", "number"),
        *FormerPhrase.objects.values_list("phrase", "code__number"),
        *Constant.objects.values_list("name", "code__number"),
    ]
    return {(name, number) for name, number in names if len(re.sub("[^A-Za-z0-9]", "", name)) > 1}


def leads_to(client, path, number):
    """Whether an address leads to a number, or to a list in which it stands."""
    response = client.get(path)
    if response.status_code == 300:
        return f'href="/{number:03d}' in response.content.decode()
    return response.status_code == 301 and response.headers["Location"] == f"/{number:03d}"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/not-found", "/404"),
        ("/Not-Found", "/404"),
        ("/not_found", "/404"),
        ("/Not%20Found", "/404"),
        ("/NOT_FOUND", "/404"),
        ("/404-not-found", "/404"),
        ("/404_Not_Found", "/404"),
        ("/404%20not%20found", "/404"),
        ("/not-found-404", "/404"),
        ("/HTTP_404_NOT_FOUND", "/404"),
        ("/http-404-not-found", "/404"),
        ("/StatusNotFound", "/404"),
        ("/payload-too-large", "/413"),
        ("/413-request-entity-too-large", "/413"),
        ("/i'm-a-teapot", "/418"),
        ("/im-a-teapot", "/418"),
        ("/client-closed-request", "/499"),
        ("/NGX_HTTP_CLIENT_CLOSED_REQUEST", "/499"),
        ("/499-token-required", "/499"),
        ("/401-unauthorized", "/401"),
        ("/ok", "/200"),
        ("/not-found.json", "/404.json"),
        ("/404-not-found.md", "/404.md"),
        ("/StatusNotFound.txt", "/404.txt"),
        ("/not-found?a=b&c=%20d", "/404?a=b&c=%20d"),
        ("/codes/404", "/404"),
        ("/codes/000", "/000"),
        ("/codes/427?a=b", "/427?a=b"),
    ],
)
def test_a_name_leads_to_its_number(client, db, path, target):
    response = client.get(path)

    assert response.status_code == 301
    assert response.headers["Location"] == target
    assert response.headers["Cache-Control"] == "max-age=3600"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(target).status_code == 200


@pytest.mark.slow
def test_every_phrase_and_constant_leads_to_its_number_in_every_spelling(client, db):
    lost = [
        path
        for name, number in named()
        for path in (
            f"/{quote(name)}",
            f"/{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}",
            f"/{re.sub('[^A-Z0-9]+', '_', name.upper()).strip('_')}",
            f"/{number:03d}-{quote(name)}",
        )
        if not leads_to(client, path, number)
    ]

    assert lost == []


def test_a_name_of_several_numbers_is_a_choice(client, db):
    page = client.get("/early-hints")

    assert page.status_code == 300
    assert page.headers["Cache-Control"] == client.get("/404").headers["Cache-Control"]
    assert "Several numbers share this name" in page.content.decode()
    assert 'href="/102"' in page.content.decode()
    assert 'href="/103"' in page.content.decode()
    assert 'href="/104"' not in page.content.decode()
    assert client.get("/103-early-hints").headers["Location"] == "/103"


@pytest.mark.parametrize("path", ["/early-hints.json", "/early_hints"])
def test_the_choice_comes_in_the_representation_that_is_asked_for(client, db, path):
    response = client.get(path, headers={"Accept": "application/json"})

    assert response.status_code == 300
    assert response.headers["Content-Type"] == "application/json"
    assert [choice["number"] for choice in response.json()["results"]] == [102, 103]
    assert client.get("/early-hints.md").content.decode().startswith("# Several numbers share this name\n")
    assert client.get("/early-hints.txt").status_code == 300


def test_a_number_with_a_foreign_name_is_not_found_with_both(client, problem):
    assert client.get("/404-gone").status_code == 404
    document = problem("/404-gone.json", 404)
    assert document["detail"] == "404 does not have this name."
    assert {404, 410} <= {code["number"] for code in document["nearest"]}


def test_a_slip_of_the_pen_is_not_found_with_the_nearest(problem):
    assert [code["number"] for code in problem("/forbiden.json", 404)["nearest"]] == [403]
    assert problem("/nope.json", 404)["nearest"] == []


@pytest.mark.parametrize("path", ["/codes", "/about", "/api", "/vendors", "/compare"])
def test_a_name_that_is_also_an_address_stays_that_address(client, db, path):
    StatusCode.objects.filter(number=404, vendor=None).update(phrase=path[1:])

    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/４０４-not-found",
        "/nöt-found",
        "/not\u2010found",
        "/777-not-found",
        "/40-not-found",
        "/-",
        "/--",
        "/a",
        "/not-found/",
        "/not-found.xml",
        "/not-found.csv",
        "/" + "not-found" * 12,
        "/" + "a" * 60_000,
        "/404-",
        "/404-404",
        "/codes/777",
        "/codes/４０４",
        "/codes/4040",
        "/evil.example",
        "/\\evil.example",
        "/not-found%0d%0aSet-Cookie:a=b",
    ],
)
def test_what_is_no_name_leads_nowhere(client, db, path):
    response = client.get(path)

    assert response.status_code == (301 if path == "/not-found/" else 404)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", ["//evil.example/not-found", "//not-found", "///404-not-found"])
def test_no_name_leads_to_another_site(client, db, path):
    response = client.get("/", PATH_INFO=path)

    assert response.status_code == 404
    assert "Location" not in response.headers


def test_a_new_phrase_leads_to_its_number_at_once(client, db):
    assert client.get("/quite-new").status_code == 404

    StatusCode.objects.filter(number=404, vendor=None).update(phrase="Quite New")
    # As a commit would, this lets PostgreSQL run the triggers that wait for it.
    connection.check_constraints()

    assert client.get("/quite-new").headers["Location"] == "/404"
