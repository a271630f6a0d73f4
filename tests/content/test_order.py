"""The order of everything follows from its natural key, not from row ids or the order of insertion."""

import pytest
from django.apps import apps
from django.db.models import F

from codes.content import dumper
from codes.content.dumper import dump, dump_order
from codes.content.fixture_files import FILES
from codes.models import ContentState, Definition, Example, HeaderField, HeaderRule, StatusCode, Vendor
from tests.content.test_state import committed_state
from tests.page_types import PAGES

pytestmark = pytest.mark.django_db

ABOVE_EVERY_ID = 1_000_000


def make_ties():
    """Leave to the order of keys what can be left to it."""
    for model in FILES.values():
        # As the admin has it where nobody types another.
        if model is not Example and any(field.name == "position" for field in model._meta.fields):
            model._default_manager.update(position=1)
    # Two meanings of one number in one RFC, and with one header field.
    other = StatusCode.objects.get(number=451, vendor__slug="exchange-activesync")
    Definition.objects.create(code=other, rfc_id=7725, section="3")
    link = HeaderField.objects.get(slug="link")
    for code in (other, StatusCode.objects.get(number=451, vendor=None)):
        for requirement in HeaderRule.Requirement:
            rule = {"code": code, "header": link, "requirement": requirement}
            HeaderRule.objects.get_or_create(**rule, defaults={"rfc_id": 7725, "section": "4"})
    Vendor.objects.create(slug="another", name="NGINX", kind=Vendor.Kind.PRODUCT)


def has_ids(model):
    return model._meta.pk.name == "id" and model is not ContentState


def reverse_ids():
    """Give all rows the ids that they would have if they had been inserted the other way round."""
    for model in apps.get_app_config("codes").get_models(include_auto_created=True):
        references = [field for field in model._meta.concrete_fields if field.is_relation]
        changed = [field for field in references if has_ids(field.related_model)]
        for field in [model._meta.pk, *changed] if has_ids(model) else changed:
            model._base_manager.update(**{field.attname: ABOVE_EVERY_ID - F(field.attname)})
    # The search keeps ids for as long as the state stays.
    committed_state()


def keys(order):
    """The primary keys of every model's rows in an order, as they were before they were reversed."""
    found = {}
    for model in FILES.values():
        rows = model._default_manager.order_by(*order(model)).values_list("pk", flat=True)
        found[model] = [ABOVE_EVERY_ID - key if has_ids(model) and key > ABOVE_EVERY_ID / 2 else key for key in rows]
    return found


@pytest.mark.parametrize("order", [lambda model: model._meta.ordering, dump_order], ids=["lists", "dumps"])
def test_the_order_of_every_model_depends_on_no_id(order):
    make_ties()
    before = keys(order)

    reverse_ids()

    assert keys(order) == before


@pytest.mark.slow
def test_a_dump_depends_on_no_id(tmp_path, monkeypatch):
    # A whole one takes seconds.
    names = ["see_also.yaml", "comparisons.yaml", "options.yaml"]
    monkeypatch.setattr(dumper, "FILES", {name: FILES[name] for name in names})
    make_ties()
    dump(tmp_path)
    before = [(tmp_path / name).read_text() for name in names]

    reverse_ids()
    dump(tmp_path)

    assert [(tmp_path / name).read_text() for name in names] == before


@pytest.mark.slow
def test_pages_do_not_depend_on_ids_either(client):
    make_ties()
    committed_state()
    before = {path: client.get(path).content for path in [*PAGES, "/rfcs/7725", "/headers/link"]}

    reverse_ids()

    for path, content in before.items():
        assert client.get(path).content == content, path
