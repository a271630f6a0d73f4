"""A template shows what it is given: it asks the database nothing."""

import pytest
from django.db import connection
from django.template.backends.django import Template

from tests import page_types

OTHERS = ["/early-hints", "/sitemap.xml", "/llms.txt", "/opensearch.xml", "/robots.txt"]


def refuse(execute, sql, *args):
    raise AssertionError(f"a template asked the database: {sql}")


@pytest.fixture
def templates_without_database(db, monkeypatch):
    """While a template is rendered, every query is an error."""
    render = Template.render

    def without_database(*args, **kwargs):
        with connection.execute_wrapper(refuse):
            return render(*args, **kwargs)

    monkeypatch.setattr(Template, "render", without_database)


@pytest.mark.parametrize("path", [*page_types.EVERY, *OTHERS])
def test_a_template_asks_the_database_nothing(client, templates_without_database, path):
    status = {**dict(page_types.ERRORS), "/early-hints": 300}.get(path, 200)

    response = client.get(path)

    assert response.status_code == status
    # Where a template fails, the page of an error comes as a bare one.
    assert status < 400 or b"site-header" in response.content


def test_a_query_in_a_template_would_be_found(templates_without_database):
    from django.template import engines

    from codes.models import StatusCode

    template = engines["django"].from_string("{% for code in codes %}{{ code }}{% endfor %}")

    with pytest.raises(AssertionError, match="a template asked the database"):
        template.render({"codes": StatusCode.objects.all()})
