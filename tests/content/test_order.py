"""The order of everything follows from its natural key, not from row ids or the order of insertion."""

import pytest
from django.apps import apps
from django.db.models import F

from codes.content.dumper import dump
from codes.content.fixture_files import FILES
from codes.models import Definition, Example, HeaderField, HeaderRule, StatusCode, Vendor
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


def reverse_ids():
    """Give all rows the ids that they would have if they had been inserted the other way round."""
    for model in apps.get_app_config("codes").get_models(include_auto_created=True):
        references = [field for field in model._meta.concrete_fields if field.is_relation]
        by_id = [field for field in references if field.target_field.name == "id"]
        ids = [model._meta.pk] if model._meta.pk.name == "id" and model._meta.pk.db_returning else []
        for field in [*ids, *by_id]:
            model._base_manager.update(**{field.attname: ABOVE_EVERY_ID - F(field.attname)})


def test_order_depends_on_no_id(tmp_path):
    make_ties()
    before = {model: [row.natural_key() for row in model._default_manager.all()] for model in FILES.values()}
    (tmp_path / "before").mkdir()
    dump(tmp_path / "before")

    reverse_ids()

    for model, keys in before.items():
        assert [row.natural_key() for row in model._default_manager.all()] == keys, model
    (tmp_path / "after").mkdir()
    dump(tmp_path / "after")
    for name in FILES:
        assert (tmp_path / "after" / name).read_text() == (tmp_path / "before" / name).read_text(), name


def test_pages_do_not_depend_on_ids_either(client):
    make_ties()
    before = {path: client.get(path).content for path in [*PAGES, "/rfcs/7725", "/headers/link"]}

    reverse_ids()

    for path, content in before.items():
        assert client.get(path).content == content, path
