"""The editor's desk: /admin/."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.forms import BooleanField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from codes.content.fixture_files import FILES
from codes.models import RFC, HeaderField, Registry, Source, StatusClass, StatusCode, Step, Subcode, Vendor

MODELS = list(FILES.values())
# Session, user, two counts, the rows; the rest are the choices of the filters beside the list and of its dates.
CHANGELIST_BUDGET = 12


@pytest.fixture
def curator(client, db):
    """A client that is logged in as a curator with all rights."""
    client.force_login(User.objects.create_superuser("curator", password="a long password"))
    return client


def change_url(instance):
    return reverse(f"admin:codes_{instance._meta.model_name}_change", args=[instance.pk])


def form_data(response):
    """What a browser would send if nothing was changed in the form."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for name, field in form.fields.items():
            value = form[name].value()
            if isinstance(field, BooleanField):
                value = "on" if value else None
            if isinstance(value, str):
                # As browsers send it.
                value = value.replace("\n", "\r\n")
            if value is not None:
                data[form.add_prefix(name)] = value
    return data


def test_every_model_is_on_the_desk():
    assert set(MODELS) <= set(admin.site._registry)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_a_changelist_costs_few_queries_and_can_be_searched(curator, model):
    path = reverse(f"admin:codes_{model._meta.model_name}_changelist")

    with CaptureQueriesContext(connection) as queries:
        response = curator.get(path)

    assert response.status_code == 200
    assert len(queries) <= CHANGELIST_BUDGET, [query["sql"][:150] for query in queries]
    for words in ("404", "nginx", "99999999999999999999", "'\"<>%"):
        assert curator.get(path, {"q": words}).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_form_opens(curator, model):
    instance = model._default_manager.first()

    assert curator.get(change_url(instance)).status_code == 200
    added = 403 if model is Registry else 200
    assert curator.get(reverse(f"admin:codes_{model._meta.model_name}_add")).status_code == added


def test_a_visitor_has_to_log_in(client, db):
    for model in MODELS:
        response = client.get(reverse(f"admin:codes_{model._meta.model_name}_changelist"))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/")


def test_search_finds_a_code_by_number_phrase_former_phrase_and_vendor(curator):
    path = reverse("admin:codes_statuscode_changelist")

    def found(words):
        return {str(code) for code in curator.get(path, {"q": words}).context["cl"].queryset}

    assert "499 Client Closed Request (nginx)" in found("499")
    assert "404 Not Found" not in found("499")
    assert "404 Not Found" in found("not found")
    assert "302 Found" in found("moved temporarily")
    assert "520 Web Server Returns an Unknown Error (Cloudflare)" in found("cloudflare")


def test_filters_by_party(curator):
    path = reverse("admin:codes_statuscode_changelist")
    codes = curator.get(path, {"party": "registry"}).context["cl"].queryset

    assert {code.vendor for code in codes} == {None}
    assert all(code.vendor for code in curator.get(path, {"party": "vendor"}).context["cl"].queryset)


def test_a_corrected_description_shows_on_the_page_and_moves_its_date(curator):
    code = StatusCode.objects.get(number=499, vendor__slug="nginx")
    data = form_data(curator.get(change_url(code)))
    data["description"] = "Corrected by a curator.\r\n\r\nSecond paragraph."

    response = curator.post(change_url(code), data)

    assert response.status_code == 302, response.context["errors"]
    assert "<p>Corrected by a curator.</p>" in curator.get("/499").content.decode()
    before, code = code, StatusCode.objects.get(pk=code.pk)
    assert code.description == "Corrected by a curator.\n\nSecond paragraph."
    assert code.updated_at > before.updated_at


def test_saving_without_a_change_keeps_the_date(curator):
    code = StatusCode.objects.get(number=404, vendor=None)

    response = curator.post(change_url(code), form_data(curator.get(change_url(code))))

    assert response.status_code == 302, response.context["errors"]
    assert StatusCode.objects.get(pk=code.pk).updated_at == code.updated_at
    assert "\r" not in code.examples.get().response


def test_a_source_that_is_added_moves_the_date_of_its_code(curator):
    code = StatusCode.objects.get(number=404, vendor=None)

    response = curator.post(
        reverse("admin:codes_source_add"), {"code": code.pk, "title": "A page", "url": "https://example.org/page"}
    )

    assert response.status_code == 302, response.context["errors"]
    assert Source.objects.get(url="https://example.org/page").code == code
    assert StatusCode.objects.get(pk=code.pk).updated_at > code.updated_at


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": "404"}, "The registry gives a number at most one meaning"),
        ({"number": "1000"}, "A number has three digits: 0 to 999."),
        ({"number": "999"}, "The registry covers 100 to 599 only: choose a vendor."),
        (
            {"number": "427", "registration": ""},
            "The registry’s meaning needs a registration; a vendor’s cannot have one.",
        ),
        ({"number": "427", "registration": "temporary"}, "A temporary registration needs an expiry date"),
        ({"number": "427", "summary": "x" * 161}, "at most 160 characters"),
        ({"number": ""}, "This field is required."),
        ({"number": "99999999999999999999"}, "Ensure this value is less than or equal to"),
    ],
)
def test_a_wrong_code_is_refused_with_the_rule_and_what_was_typed_stays(curator, fields, message):
    path = reverse("admin:codes_statuscode_add")
    data = form_data(curator.get(path))
    data |= {"phrase": "Typed", "registration": "registered", "summary": "A summary.", "description": "Text.", **fields}

    response = curator.post(path, data)

    assert response.status_code == 200
    page = response.content.decode()
    assert message in page
    assert 'value="Typed"' in page


@pytest.mark.parametrize(
    ("code", "fields", "message"),
    [
        ((499, "arcgis"), {"usual": "on"}, "clear “usual meaning” there first"),
        ((404,), {"usual": "on"}, "own meaning comes first"),
        ((404,), {"registration": ""}, "The registry’s meaning needs a registration"),
        ((499, "nginx"), {"registration": "registered"}, "a vendor’s cannot have one"),
        ((404,), {"phrase": ""}, "A registered number needs a phrase"),
    ],
)
def test_a_change_that_breaks_a_rule_of_the_number_or_vendor_is_refused_with_the_rule(curator, code, fields, message):
    code = StatusCode.objects.get_by_natural_key(*code)
    data = form_data(curator.get(change_url(code)))

    response = curator.post(change_url(code), {**data, **fields})

    assert response.status_code == 200
    assert message in response.content.decode()


def test_the_class_of_a_new_code_follows_from_its_number(curator):
    path = reverse("admin:codes_statuscode_add")
    data = form_data(curator.get(path))
    data |= {
        "number": "427",
        "phrase": "New",
        "registration": "registered",
        "summary": "A summary.",
        "description": "x",
    }

    assert curator.post(path, data).status_code == 302
    assert StatusCode.objects.get(number=427).status_class_id == 4


def test_a_slug_that_was_public_cannot_be_changed(curator):
    vendor = Vendor.objects.get(slug="nginx")
    data = form_data(curator.get(change_url(vendor)))

    assert curator.post(change_url(vendor), {**data, "slug": "other"}).status_code == 302
    assert Vendor.objects.get(pk=vendor.pk).slug == "nginx"


@pytest.mark.parametrize("slug", ["history", "UPPER", "two--hyphens", "with space"])
def test_a_slug_that_could_not_be_an_address_is_refused(curator, slug):
    path = reverse("admin:codes_vendor_add")

    response = curator.post(path, {"name": "New", "slug": slug, "kind": "product"})

    assert response.status_code == 200
    assert "slug" in response.context["adminform"].form.errors


@pytest.mark.parametrize("model", [StatusClass, Registry, RFC, Vendor, HeaderField, StatusCode, Subcode, Step])
def test_what_has_an_address_is_never_deleted(curator, model):
    name = model._meta.model_name
    instance = model._default_manager.first()

    single = curator.post(reverse(f"admin:codes_{name}_delete", args=[instance.pk]), {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [instance.pk], "post": "yes"}
    curator.post(reverse(f"admin:codes_{name}_changelist"), many)

    assert single.status_code == 403
    assert model._default_manager.filter(pk=instance.pk).exists()


def test_a_code_keeps_its_number_and_its_vendor(curator):
    code = StatusCode.objects.get(number=444, vendor__slug="nginx")
    data = form_data(curator.get(change_url(code)))

    curator.post(change_url(code), {**data, "number": "427", "vendor": Vendor.objects.get(slug="iis").pk})

    assert StatusCode.objects.get(pk=code.pk).natural_key() == (444, "nginx")


def test_there_is_one_registry(curator):
    assert curator.get(reverse("admin:codes_registry_add")).status_code == 403


def test_only_a_vendors_meaning_offers_subcodes(curator):
    def inlines(code):
        return {inline.formset.model for inline in curator.get(change_url(code)).context["inline_admin_formsets"]}

    assert Subcode in inlines(StatusCode.objects.get(number=403, vendor__slug="iis"))
    assert Subcode not in inlines(StatusCode.objects.get(number=403, vendor=None))


def test_a_subcode_keeps_its_address_under_its_code_too(curator):
    code = StatusCode.objects.get(number=403, vendor__slug="iis")
    before = set(code.subcodes.values_list("pk", "number"))
    data = form_data(curator.get(change_url(code)))
    total = int(data.get("subcodes-INITIAL_FORMS", 0))
    for position, (pk, number) in enumerate(sorted(before)):
        row = {"id": pk, "code": code.pk, "number": number + 5000, "phrase": "P", "summary": "S.", "DELETE": "on"}
        data |= {f"subcodes-{position}-{name}": value for name, value in row.items()}
    data |= {"subcodes-TOTAL_FORMS": total, "subcodes-INITIAL_FORMS": total}

    curator.post(change_url(code), data)

    assert set(code.subcodes.values_list("pk", "number")) == before


def test_sources_that_are_deleted_together_move_the_dates_of_their_codes(curator):
    source = Source.objects.get(url="https://www.iana.org/assignments/http-status-codes/", code__number=404)
    before = source.code.updated_at

    data = {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"}
    curator.post(reverse("admin:codes_source_changelist"), data)

    assert not Source.objects.filter(pk=source.pk).exists()
    assert StatusCode.objects.get(pk=source.code_id).updated_at > before


def test_a_rule_that_is_changed_under_its_header_field_moves_the_date_of_its_code(curator):
    header = HeaderField.objects.get(slug="www-authenticate")
    code = header.rules.get(code__number=401).code
    response = curator.get(change_url(header))
    data = form_data(response)
    changed = next(name for name, value in data.items() if name.endswith("-code") and str(value) == str(code.pk))
    data[changed.replace("-code", "-condition")] = "always"

    response = curator.post(change_url(header), data)

    assert response.status_code == 302, response.context["errors"]
    assert StatusCode.objects.get(pk=code.pk).updated_at > code.updated_at


def test_view_on_site_leads_to_the_page(curator):
    code = StatusCode.objects.get(number=499, vendor__slug="nginx")
    subcode = Subcode.objects.get(number=14, code__number=403)

    view = curator.get(change_url(code)).context["absolute_url"]
    assert curator.get(view).headers["Location"].endswith("/499/nginx")
    assert curator.get(change_url(subcode)).context["absolute_url"] == "/403/iis/14"
    source = code.sources.first()
    assert curator.get(change_url(source)).context["absolute_url"] == "/499/nginx"
