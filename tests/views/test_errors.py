"""Errors come in the representation that was asked for."""

import pytest
from django.db import OperationalError
from django.test import Client

from codes.models import StatusCode
from codes.views import numbers


def test_an_unknown_address_has_a_page_of_the_site(client, db):
    response = client.get("/nope")

    page = response.content.decode()
    assert response.status_code == 404
    assert "There is no page at this address." in page
    assert 'href="/404"' in page
    assert "statusdocs" in page


def test_an_unknown_address_with_json_has_a_problem_document(problem):
    assert problem("/nope.json", 404) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no page at this address.",
        "nearest": [],
    }


def test_the_address_is_not_reflected(client, db):
    assert b"<script>alert" not in client.get("/<script>alert(1)</script>").content


@pytest.mark.parametrize("path", ["/404", "/404.json"])
def test_a_failure_has_a_page_of_the_site_and_tells_nothing(client, db, path, monkeypatch):
    def fail(*args):
        raise RuntimeError("a secret")

    monkeypatch.setattr(numbers, "describe_number", fail)
    client.raise_request_exception = False

    response = client.get(path)

    assert response.status_code == 500
    assert b"The error is on our side" in response.content
    assert b"secret" not in response.content
    assert response.headers["Content-Type"].startswith("application/problem+json" if "json" in path else "text/html")


@pytest.mark.parametrize("path", ["/404", "/404.json"])
def test_a_database_that_is_away_is_a_503_with_retry_after(client, db, path, monkeypatch):
    def away(*args):
        raise OperationalError("could not connect to server: password=hunter2")

    monkeypatch.setattr(numbers, "describe_number", away)

    response = client.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert b"The database is unavailable" in response.content
    assert b"hunter2" not in response.content


@pytest.fixture
def no_manifest(settings, tmp_path):
    """Static files as in production, which nobody collected."""
    staticfiles = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": staticfiles}
    settings.STATIC_ROOT = tmp_path


@pytest.mark.parametrize(
    ("status", "method", "path", "headers"),
    [
        (400, "GET", "/404", {"Host": "evil.example"}),
        (400, "GET", "/codes?class=9", {}),
        (404, "GET", "/nope", {}),
        (404, "GET", "/499/nobody", {}),
        (405, "POST", "/404", {}),
        (406, "GET", "/404", {"Accept": "image/png"}),
        (500, "GET", "/404", {}),
    ],
)
def test_an_error_needs_no_static_files(db, no_manifest, caplog, status, method, path, headers):
    response = Client(raise_request_exception=False).generic(method, path, headers=headers)

    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f"<h1>{status} " in response.content.decode()
    assert "cannot be rendered" in caplog.text


def test_the_503_of_a_database_that_is_away_needs_no_static_files(client, db, no_manifest, monkeypatch):
    def away(*args):
        raise OperationalError

    monkeypatch.setattr(numbers, "describe_number", away)

    response = client.get("/404")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "<h1>503 Service Unavailable</h1>" in response.content.decode()


def test_the_403_of_a_form_without_its_token_needs_no_static_files(db, no_manifest):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "<h1>403 Forbidden</h1>" in response.content.decode()


def test_an_error_that_is_rendered_without_the_site_escapes_what_it_quotes(client, db, no_manifest):
    page = client.get("/codes", {"class": "<script>alert(1)</script>"}).content.decode()

    assert "<h1>400 " in page
    assert "<script>alert" not in page


def test_a_form_without_its_token_is_refused_with_a_page_of_the_site(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert b"Go back, reload the page" in response.content
    assert b"<style" not in response.content


def test_a_method_that_is_not_allowed_is_a_problem_document_for_json(client, db):
    response = client.post("/404.json")

    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/404", "/404.json", "/static/site.css", "/nope", "/admin/"])
def test_a_foreign_host_is_refused_before_anything_else_answers(client, db, path):
    response = client.get(path, headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert b"evil" not in response.content
    assert "Content-Security-Policy" in response.headers


def test_a_trailing_slash_is_sent_to_the_address_without_it(client, db):
    response = client.get("/codes/?class=4&q=a%20b")

    assert response.status_code == 301
    assert response.headers["Location"] == "/codes?class=4&q=a%20b"
    assert response.headers["Cache-Control"] == "max-age=3600"
    for path in ("/404/", "/499/nginx/", "/rfcs/9110/", "/vendors/nginx/", "/404.json/", "/compare/404,410/"):
        assert client.get(path).headers["Location"] == path[:-1]


@pytest.mark.parametrize("path", ["/777/", "/nope/", "//example.org/", "///", "/404//", "//404/", "/codes/?class=9"])
def test_a_trailing_slash_whose_target_does_not_answer_is_not_found(client, db, path):
    # Given as PATH_INFO, as a server does: the test client would take what follows // for a host.
    assert client.get("/", PATH_INFO=path.partition("?")[0], QUERY_STRING=path.partition("?")[2]).status_code == 404


def test_the_admin_keeps_its_slash(client, db):
    assert client.get("/admin").headers["Location"] == "/admin/"
    assert client.get("/admin/login/").status_code == 200


def test_hostile_text_in_the_content_stays_text(get_html, get_json):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)> [a](javascript:alert(1)) ![i](x)'
    code = StatusCode.objects.get(number=404, vendor=None)
    for name in ("description", "use_when", "avoid_when", "advice_visitor", "advice_client", "advice_server"):
        setattr(code, name, hostile)
    code.summary = hostile[:160]
    code.phrase = hostile[:100]
    code.save()
    code.former_phrases.create(phrase=hostile[:100], used_in=hostile[:200])
    code.sources.create(title=hostile, url="https://example.org/", supports=hostile)

    for path in ("/", "/404", "/codes", "/classes/4xx", "/rfcs/9110", "/headers/link"):
        page = get_html(path)
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        assert 'href="javascript' not in page, path
    assert get_json("/404.json")["meanings"][0]["use_when"] == hostile
