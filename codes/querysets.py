"""The queries: which rows a page shows, and which related data comes with each row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    Expression,
    F,
    JSONField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject


class Rows(Expression):
    """The rows of a subquery with one column `item`, as one JSON list.

    A meaning has rows in ten tables. This fetches all of them in one query, for any number of meanings. Its SQL is
    always the same and is made once: Django would take longer for it than the database for the whole query.

    Args:
        model: the model of the outer query.
        subquery: its rows; it may refer to the outer query.
    """

    output_field = JSONField()
    templates = {
        "sqlite": '(SELECT json_group_array(json("item")) FROM {} AS "rows")',
        "postgresql": """(SELECT coalesce(jsonb_agg("item"), '[]') FROM {} AS "rows")""",
    }

    def __init__(self, model: type[models.Model], subquery: QuerySet) -> None:
        super().__init__()
        self.model = model
        self.subquery = subquery
        self._compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Self:
        """Nothing is left to resolve: the SQL names the columns of the outer query."""
        return self

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The SQL for an outer query of the model. In a query of another one the names would mean something else."""
        table = self.model._meta.db_table
        assert compiler.query.get_initial_alias() == table, "the outer query has another name for its table"
        if connection.vendor not in self._compiled:
            outer = self.model._default_manager.annotate(item=Subquery(self.subquery)).query
            sql, params = outer.get_compiler(connection=connection).compile(outer.annotations["item"])
            self._compiled[connection.vendor] = self.templates[connection.vendor].format(sql), tuple(params)
        return self._compiled[connection.vendor]


def parts(model: type[models.Model], relation: str) -> QuerySet:
    """The rows that belong to the outer query's code by a relation, in the order of their model."""
    part = model._meta.get_field(relation).related_model
    # All belong to one code. Ordering by the code first, as the model does, would join its table and its vendor's.
    within_code = [column for column in part._meta.ordering if column != "code"]
    return part._default_manager.filter(code=OuterRef("pk")).order_by(*within_code)


@cache
def rows(model: type[models.Model], relation: str, **fields: str) -> Rows:
    """`parts()` as a list of objects with these keys, each from a lookup."""
    return Rows(model, parts(model, relation).values(item=JSONObject(**fields)))


@cache
def registered_rows(model: type[models.Model]) -> Rows:
    """What the registry says of the number of the outer query's code."""
    registered = model._default_manager.registered().of_number(OuterRef("number"))
    fields = {name: name for name in ("phrase", "registration", "registration_expires")}
    return Rows(model, registered.values(item=JSONObject(**fields)))


# What no link to a meaning shows. A page with links neither loads it nor depends on it.
_NOT_IN_LINKS = (
    *("description", "use_when", "avoid_when", "advice_visitor", "advice_client", "advice_server"),
    *("registration_note", "reviewed_on", "updated_at"),
)


class StatusClassQuerySet(QuerySet):
    """The five classes."""

    def get_by_natural_key(self, digit: int) -> Any:
        return self.get(digit=digit)


class RegistryQuerySet(QuerySet):
    """The dates of the registry."""

    def get_by_natural_key(self, name: str) -> Any:
        return self.get(name=name)


class StatusCodeQuerySet(QuerySet):
    """Meanings: rows of number and vendor."""

    def get_by_natural_key(self, number: int, vendor: str | None = None) -> Any:
        return self.get(number=number, vendor__slug=vendor) if vendor else self.get(number=number, vendor=None)

    # Which rows

    def registered(self) -> Self:
        """The registry's own meanings, also temporary, unused and obsoleted ones."""
        return self.filter(vendor=None)

    def of_number(self, number: int) -> Self:
        """Every meaning of a number, the registry's first."""
        return self.filter(number=number)

    def sendable(self) -> Self:
        """The registered meanings that a server may send: not unused, obsoleted or deprecated."""
        return self.registered().filter(registration__in=["registered", "temporary"]).exclude(state="deprecated")

    def ranked(self, keys: list[int]) -> Self:
        """The meanings with these primary keys, in this order."""
        if not keys:
            return self.none()
        places = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)))
        return self.filter(pk__in=keys).order_by(places)

    # Which related data

    def with_listing(self) -> Self:
        """With `listing`: the registration of the meaning; for a vendor's, `unassigned`, `outside` or empty.

        `unassigned` is for a number in 100–599 that the registry has no row for, `outside` for a number outside
        100–599. It is empty if the number is registered: a vendor's meaning of it has no registration of its own.
        """
        in_registry = Exists(self.model._default_manager.registered().of_number(OuterRef("number")))
        return self.annotate(
            listing=Case(
                When(vendor=None, then=F("registration")),
                When(status_class=None, then=Value("outside")),
                When(in_registry, then=Value("")),
                default=Value("unassigned"),
            )
        )

    def with_cacheable(self) -> Self:
        """With `cacheable`: the answer to that question, or null."""
        answers = parts(self.model, "properties").filter(name="cacheable")
        return self.annotate(cacheable=Subquery(answers.values("value")[:1]))

    def for_links(self) -> Self:
        """With everything that a link to a meaning needs."""
        return self.select_related("vendor").defer(*_NOT_IN_LINKS)

    def for_list(self) -> Self:
        """With everything that a row of a list shows, without the long texts."""
        listed = self.for_links().with_listing().with_cacheable()
        return listed.annotate(former_phrase_rows=rows(self.model, "former_phrases", phrase="phrase")).only(
            "number",
            "phrase",
            "registration",
            "registration_expires",
            "state",
            "on_the_wire",
            "summary",
            "vendor__slug",
            "vendor__name",
        )

    def for_search(self) -> Self:
        """With every name by which a meaning can be found."""
        return self.select_related("vendor").annotate(
            former_phrase_rows=rows(self.model, "former_phrases", phrase="phrase"),
            keyword_rows=rows(self.model, "keywords", words="words"),
            constant_rows=rows(
                self.model,
                "constants",
                name="name",
                until="until",
                library="library__name",
                language="library__language",
            ),
            header_rule_rows=rows(self.model, "header_rules", name="header__name"),
            subcode_rows=rows(self.model, "subcodes", number="number", phrase="phrase", summary="summary"),
        )

    def details(self) -> list[Any]:
        """`for_detail()` as a list. Most numbers have no meaning: for these it asks a query that costs little."""
        return list(self.for_detail()) if self.exists() else []

    def for_detail(self) -> Self:
        """With everything on the page or in the document of a meaning, in one query."""
        cited = {"rfc": "rfc_id", "draft": "draft", "section": "section"}
        return self.select_related("vendor").annotate(
            former_phrase_rows=rows(self.model, "former_phrases", phrase="phrase", used_in="used_in"),
            keyword_rows=rows(self.model, "keywords", words="words"),
            definition_rows=rows(
                self.model, "definitions", **cited, phrase="phrase", current="current", published="rfc__published"
            ),
            property_rows=rows(self.model, "properties", **cited, name="name", value="value", note="note"),
            header_rule_rows=rows(
                self.model,
                "header_rules",
                **cited,
                name="header__name",
                slug="header__slug",
                requirement="requirement",
                condition="condition",
            ),
            constant_rows=rows(
                self.model,
                "constants",
                language="library__language",
                library="library__name",
                name="name",
                since="since",
                until="until",
            ),
            example_rows=rows(self.model, "examples", request="request", response="response"),
            see_also_rows=rows(
                self.model,
                "see_also",
                number="other__number",
                phrase="other__phrase",
                vendor_slug="other__vendor__slug",
                vendor_name="other__vendor__name",
                difference="difference",
            ),
            subcode_rows=rows(self.model, "subcodes", number="number", phrase="phrase", summary="summary"),
            source_rows=rows(
                self.model, "sources", title="title", url="url", supports="supports", checked_on="checked_on"
            ),
            registered_rows=registered_rows(self.model),
        )

    # Numbers

    def numbers(self) -> list[int]:
        """Every number that has a meaning, ascending."""
        return list(self.order_by("number").values_list("number", flat=True).distinct())


class PartOfCodeQuerySet(QuerySet):
    """What belongs to a status code."""

    def get_by_natural_key(self, code: list, *values: Any) -> Any:
        codes = self.model._meta.get_field("code").related_model._default_manager
        return self.get(code=codes.get_by_natural_key(*code), **dict(zip(self.model.key_fields, values, strict=True)))

    def with_code(self) -> Self:
        """With the meaning of each, for a link to it."""
        return self.select_related("code__vendor").defer(*(f"code__{name}" for name in _NOT_IN_LINKS))


class SubcodeQuerySet(PartOfCodeQuerySet):
    """Sub-codes of meanings."""

    def alone(self) -> Self:
        """Sub-codes that are also quoted without their code: 1016."""
        return self.filter(number__gte=1000)

    def for_detail(self) -> Self:
        """With the meaning and the vendor of each."""
        return self.with_code()


class LibraryQuerySet(QuerySet):
    """Libraries that name status codes."""

    def get_by_natural_key(self, name: str) -> Any:
        return self.get(name=name)


class HeaderFieldQuerySet(QuerySet):
    """Header fields."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)

    def for_list(self) -> Self:
        """With the rules for each field, and their codes."""
        rules = self.model._meta.get_field("rules").related_model._default_manager
        in_order = rules.with_code().order_by("code", "requirement")
        return self.prefetch_related(Prefetch("rules", queryset=in_order)).order_by("slug")


class RFCQuerySet(QuerySet):
    """RFCs."""

    def get_by_natural_key(self, number: int) -> Any:
        return self.get(number=number)

    def lineage_of(self, number: int) -> Self:
        """An RFC, all RFCs that it replaced, directly or through others, and all that replaced it."""
        older: dict[int, list[int]] = {}
        newer: dict[int, list[int]] = {}
        for new, old in self.model.obsoletes.through.objects.values_list("from_rfc_id", "to_rfc_id"):
            older.setdefault(new, []).append(old)
            newer.setdefault(old, []).append(new)
        lineage = {number}
        for replaced in (older, newer):
            waiting = {number}
            while waiting:
                waiting = {other for rfc in waiting for other in replaced.get(rfc, [])}
                lineage |= waiting
        return self.filter(number__in=lineage).prefetch_related("obsoletes", "obsoleted_by")

    def for_list(self) -> Self:
        """With the related RFCs, and `code_count`: the number of meanings that each ever defined."""
        return self.for_detail().annotate(code_count=Count("definition")).order_by("number")

    def for_detail(self) -> Self:
        """With the RFCs that each obsoletes or updates, and those that obsolete or update it."""
        return self.prefetch_related("obsoletes", "obsoleted_by", "updates", "updated_by")


class VendorQuerySet(QuerySet):
    """Vendors: parties that use numbers outside the registry."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)

    def for_list(self) -> Self:
        """With the codes of each."""
        codes = self.model._meta.get_field("codes").related_model
        return self.prefetch_related(Prefetch("codes", queryset=codes._default_manager.for_links()))


class ComparisonQuerySet(QuerySet):
    """Ready-made comparisons."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)

    def with_any_of(self, codes: Iterable[Any]) -> Self:
        """The comparisons that include one of these meanings."""
        return self.filter(codes__in=list(codes)).distinct()

    def for_links(self) -> Self:
        """With the meanings that each compares, ascending, as in its address."""
        codes = self.model._meta.get_field("codes").related_model
        return self.prefetch_related(Prefetch("codes", queryset=codes._default_manager.for_links()))


class StepQuerySet(QuerySet):
    """Questions and answers of “which code should I send?”."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class OptionQuerySet(QuerySet):
    """Ways to answer a question."""

    def get_by_natural_key(self, leads_to: str) -> Any:
        return self.get(leads_to__slug=leads_to)

    def for_tree(self) -> Self:
        """With the steps at both ends of each, and the code of an answer."""
        with_ends = self.select_related("step", "leads_to__code")
        return with_ends.defer(*(f"leads_to__code__{name}" for name in _NOT_IN_LINKS))
