"""Descriptions of things, made from model instances. Every representation is written from a description.

The querysets fetch everything beforehand: templates and representations never query the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from http import HTTPStatus
from itertools import combinations, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from codes.documents import descriptions
from codes.models import (
    RFC,
    Comparison,
    Definition,
    HeaderField,
    HeaderRule,
    Option,
    Registry,
    StatusClass,
    StatusCode,
    Step,
    Subcode,
    Vendor,
)
from codes.models.paths import path_to
from codes.models.properties import Question
from codes.models.rfcs import section_url

Row = dict[str, Any]
Cell = TypeVar("Cell", descriptions.FactCell, descriptions.HeaderCell)

if TYPE_CHECKING:

    class DetailedCode(StatusCode):
        """A meaning from `for_detail()`, with its rows in other tables as JSON."""

        former_phrase_rows: list[Row]
        keyword_rows: list[Row]
        definition_rows: list[Row]
        property_rows: list[Row]
        header_rule_rows: list[Row]
        constant_rows: list[Row]
        example_rows: list[Row]
        see_also_rows: list[Row]
        subcode_rows: list[Row]
        source_rows: list[Row]
        registered_rows: list[Row]

    class ListedCode(StatusCode):
        """A meaning from `for_list()`."""

        former_phrase_rows: list[Row]
        listing: str
        cacheable: str | None

    class CountedRFC(RFC):
        """An RFC from `for_list()`."""

        code_count: int


def absolute(path: str) -> str:
    """The public address of a path on this site."""
    return settings.ORIGIN + path


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _checked_on(registry: Registry | None) -> str | None:
    return _day(registry.checked_on) if registry else None


# Numbers and their meanings


def describe_number(number: int, codes: Iterable[StatusCode], registry: Registry | None) -> descriptions.Number:
    """A number with some or all of its meanings.

    Args:
        number: 0 to 999.
        codes: the meanings to include, each from `for_detail()`. Each knows what the registry says about its number,
            whether or not the registered meaning is among them.
        registry: for the date of the last check, if known.
    """
    codes = list(codes)
    registered = _registered(codes[0]) if codes else None
    return descriptions.Number(
        number=number,
        class_=f"{number // 100}xx" if _in_range(number) else None,
        url=absolute(path_to("number", number)),
        registration=registered["registration"] if registered else _unregistered(number),
        registration_expires=registered["registration_expires"] if registered else None,
        registry_checked_on=_checked_on(registry),
        phrase=(registered["phrase"] or None) if registered else None,
        meanings=[describe_code(code) for code in codes],
    )


def _in_range(number: int) -> bool:
    return 100 <= number <= 599


def _unregistered(number: int) -> str:
    return "unassigned" if _in_range(number) else "outside"


def _registered(code: StatusCode) -> Row | None:
    """What the registry says about the number of a meaning."""
    rows = cast("DetailedCode", code).registered_rows
    return rows[0] if rows else None


def describe_code(code: StatusCode) -> descriptions.Meaning:
    """One meaning, from `for_detail()`, with everything known about it."""
    code = cast("DetailedCode", code)
    return descriptions.Meaning(
        **asdict(link_code(code)),
        former_phrases=[row["phrase"] for row in code.former_phrase_rows],
        names=[descriptions.Name(phrase=row["phrase"], used_in=row["used_in"]) for row in code.former_phrase_rows],
        registration_note=code.registration_note,
        state=code.state,
        on_the_wire=code.on_the_wire,
        arises_at=code.arises_at or None,
        summary=code.summary,
        description=code.description,
        use_when=code.use_when,
        avoid_when=code.avoid_when,
        advice=descriptions.Advice(
            visitor=code.advice_visitor,
            client=code.advice_client,
            server=code.advice_server,
        ),
        definitions=[_definition(row) for row in code.definition_rows],
        properties=_properties(code.property_rows),
        headers=[
            descriptions.HeaderRule(
                slug=row["slug"],
                name=row["name"],
                requirement=row["requirement"],
                condition=row["condition"],
                source=_citation(row),
            )
            for row in code.header_rule_rows
        ],
        constants=[
            descriptions.Constant(
                language=row["language"],
                library=row["library"],
                name=row["name"],
                since=row["since"] or None,
                until=row["until"] or None,
            )
            for row in code.constant_rows
        ],
        examples=[descriptions.Example(request=row["request"], response=row["response"]) for row in code.example_rows],
        see_also=[_see_also(row) for row in code.see_also_rows],
        subcodes=[
            descriptions.Subcode(
                number=row["number"],
                label=Subcode.label_of(code.number, row["number"]),
                phrase=row["phrase"],
                summary=row["summary"],
                url=absolute(f"{code.get_absolute_url()}/{row['number']}"),
            )
            for row in code.subcode_rows
        ],
        keywords=[row["words"] for row in code.keyword_rows],
        sources=[
            descriptions.Source(
                title=row["title"], url=row["url"], supports=row["supports"], checked_on=row["checked_on"]
            )
            for row in code.source_rows
        ],
        unsourced=code.unsourced,
        reviewed_on=_day(code.reviewed_on),
        updated_at=code.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _citation(row: Row) -> descriptions.Citation | None:
    if not row["rfc"] and not row["draft"]:
        return None
    return descriptions.Citation(rfc=row["rfc"], draft=row["draft"] or None, section=row["section"])


def _definition(row: Row) -> descriptions.Definition:
    return descriptions.Definition(
        rfc=row["rfc"],
        draft=row["draft"] or None,
        section=row["section"],
        phrase=row["phrase"] or None,
        published=row["published"],
        # SQLite has no booleans: its JSON has 0 and 1.
        current=bool(row["current"]),
        url=section_url(rfc=row["rfc"], draft=row["draft"], section=row["section"]),
    )


def _properties(rows: list[Row]) -> descriptions.Properties:
    """All properties; None means not recorded yet."""
    properties = {name: descriptions.Property(value=None, note="", source=None) for name in Question.values}
    for row in rows:
        properties[row["name"]] = descriptions.Property(
            value={"yes": True, "no": False}.get(row["value"], row["value"]),
            note=row["note"],
            source=_citation(row),
        )
    return descriptions.Properties(**properties)


def _see_also(row: Row) -> descriptions.SeeAlso:
    slug = row["vendor_slug"]
    vendor = None
    if slug:
        vendor = descriptions.VendorLink(slug=slug, name=row["vendor_name"], url=absolute(path_to("vendor", slug)))
    return descriptions.SeeAlso(
        number=row["number"],
        vendor=vendor,
        phrase=row["phrase"] or None,
        url=absolute(path_to("meaning", row["number"], slug) if slug else path_to("number", row["number"])),
        difference=row["difference"],
    )


def describe_code_list(codes: Iterable[StatusCode], registry: Registry | None) -> descriptions.NumberList:
    """The numbers of some meanings, ascending, each with only those meanings.

    Args:
        codes: meanings from `for_detail()`, ordered by number.
        registry: for the date of the last check, if known.
    """
    by_number = groupby(codes, key=attrgetter("number"))
    results = [describe_number(number, group, registry) for number, group in by_number]
    return descriptions.NumberList(registry_checked_on=_checked_on(registry), count=len(results), results=results)


def describe_code_rows(codes: Iterable[StatusCode], registry: Registry | None) -> descriptions.MeaningList:
    """Some meanings, one per row, in the given order."""
    rows = []
    for code in codes:
        unregistered = None if _registered(code) else _unregistered(code.number)
        rows.append(
            descriptions.ListedMeaning(**asdict(describe_code(code)), registration=code.registration or unregistered)
        )
    return descriptions.MeaningList(registry_checked_on=_checked_on(registry), count=len(rows), results=rows)


def describe_table_row(code: StatusCode) -> descriptions.TableRow:
    """A meaning, from `for_list()`, as a row of a table."""
    code = cast("ListedCode", code)
    return descriptions.TableRow(
        **asdict(summarise_code(code)),
        former_phrases=[row["phrase"] for row in code.former_phrase_rows],
        listing=code.listing,
        expired=code.registration_has_expired,
        state=code.state,
        on_the_wire=code.on_the_wire,
        cacheable=code.cacheable,
    )


def describe_choices(codes: Iterable[StatusCode]) -> descriptions.Choices:
    """Meanings to choose from."""
    results = [summarise_code(code) for code in codes]
    return descriptions.Choices(count=len(results), results=results)


# Links


def link_code(code: StatusCode) -> descriptions.CodeLink:
    """A link to a meaning."""
    return descriptions.CodeLink(
        number=code.number,
        vendor=link_vendor(code.vendor) if code.vendor else None,
        phrase=code.phrase or None,
        url=absolute(code.get_absolute_url()),
    )


def summarise_code(code: StatusCode) -> descriptions.SummarisedCodeLink:
    """A link to a meaning, with its summary."""
    return descriptions.SummarisedCodeLink(**asdict(link_code(code)), summary=code.summary)


def link_subcode(subcode: Subcode) -> descriptions.CodeLink:
    """A link to a sub-code, in the shape of a link to its meaning."""
    return replace(link_code(subcode.code), phrase=str(subcode), url=absolute(subcode.get_absolute_url()))


def link_vendor(vendor: Vendor) -> descriptions.VendorLink:
    """A link to a vendor."""
    return descriptions.VendorLink(slug=vendor.slug, name=vendor.name, url=absolute(vendor.get_absolute_url()))


def link_rfc(rfc: RFC) -> descriptions.RFCLink:
    """A link to an RFC."""
    return descriptions.RFCLink(number=rfc.number, title=rfc.title, url=absolute(rfc.get_absolute_url()))


def link_header(header: HeaderField) -> descriptions.HeaderLink:
    """A link to a header field."""
    return descriptions.HeaderLink(slug=header.slug, name=header.name, url=absolute(header.get_absolute_url()))


def link_step(step: Step) -> descriptions.StepLink:
    """A link to a question or an answer."""
    return descriptions.StepLink(slug=step.slug, name=str(step), url=absolute(step.get_absolute_url()))


# Classes


def describe_class(status_class: StatusClass) -> descriptions.StatusClass:
    """A class without its meanings."""
    return descriptions.StatusClass(
        class_=status_class.label,
        name=status_class.name,
        description=status_class.description,
        url=absolute(status_class.get_absolute_url()),
    )


def describe_class_detail(status_class: StatusClass, codes: Iterable[StatusCode]) -> descriptions.ClassDetail:
    """A class with its meanings."""
    return descriptions.ClassDetail(
        **asdict(describe_class(status_class)), codes=[summarise_code(code) for code in codes]
    )


def describe_class_list(classes: Iterable[StatusClass]) -> descriptions.ClassList:
    """Some classes."""
    results = [describe_class(status_class) for status_class in classes]
    return descriptions.ClassList(count=len(results), results=results)


# RFCs


def describe_rfc(rfc: RFC) -> descriptions.RFC:
    """An RFC from `for_detail()` without its meanings."""
    return descriptions.RFC(
        number=rfc.number,
        title=rfc.title,
        published=rfc.published,
        status=rfc.status,
        obsoletes=[other.number for other in rfc.obsoletes.all()],
        obsoleted_by=[other.number for other in rfc.obsoleted_by.all()],
        updates=[other.number for other in rfc.updates.all()],
        updated_by=[other.number for other in rfc.updated_by.all()],
        url=absolute(rfc.get_absolute_url()),
    )


def describe_rfc_detail(rfc: RFC, definitions: Iterable[Definition]) -> descriptions.RFCDetail:
    """An RFC with the meanings it defines."""
    codes = [
        descriptions.RFCCodeLink(
            **asdict(link_code(definition.code)),
            definition=descriptions.DefinitionInRFC(
                section=definition.section,
                phrase=definition.phrase or None,
                current=definition.current,
                url=definition.url,
            ),
        )
        for definition in definitions
    ]
    return descriptions.RFCDetail(**asdict(describe_rfc(rfc)), codes=codes)


def describe_rfc_list(rfcs: Iterable[RFC]) -> descriptions.RFCList:
    """Some RFCs."""
    results = [describe_rfc(rfc) for rfc in rfcs]
    return descriptions.RFCList(count=len(results), results=results)


def describe_rfc_row(rfc: RFC) -> descriptions.RFCRow:
    """An RFC, from `for_list()`, as a row of a table."""
    return descriptions.RFCRow(rfc=describe_rfc(rfc), code_count=cast("CountedRFC", rfc).code_count)


def describe_rfc_node(rfc: RFC) -> descriptions.RFCNode:
    """An RFC in the family tree. Its `obsoletes` and `obsoleted_by` should be prefetched."""
    return descriptions.RFCNode(
        number=rfc.number,
        title=rfc.title,
        published=rfc.published,
        obsoletes=[other.number for other in rfc.obsoletes.all()],
        is_replaced=bool(rfc.obsoleted_by.all()),
        url=absolute(rfc.get_absolute_url()),
    )


# Vendors


def describe_vendor(vendor: Vendor) -> descriptions.Vendor:
    """A vendor without its meanings. `url` is its page here, `homepage` its website."""
    return descriptions.Vendor(
        slug=vendor.slug,
        name=vendor.name,
        company=vendor.company,
        kind=vendor.kind,
        url=absolute(vendor.get_absolute_url()),
        homepage=vendor.url,
        description=vendor.description,
        logs=vendor.logs,
        retired=vendor.retired,
    )


def describe_vendor_detail(vendor: Vendor, codes: Iterable[StatusCode]) -> descriptions.VendorDetail:
    """A vendor with its meanings."""
    return descriptions.VendorDetail(**asdict(describe_vendor(vendor)), codes=[summarise_code(code) for code in codes])


def describe_vendor_list(vendors: Iterable[Vendor]) -> descriptions.VendorList:
    """Some vendors."""
    results = [describe_vendor(vendor) for vendor in vendors]
    return descriptions.VendorList(count=len(results), results=results)


def describe_vendor_row(vendor: Vendor) -> descriptions.VendorRow:
    """A vendor from `for_list()` with its codes."""
    codes = [summarise_code(code) for code in vendor.codes.all()]
    return descriptions.VendorRow(vendor=describe_vendor(vendor), codes=codes)


# Header fields


def describe_header(header: HeaderField) -> descriptions.Header:
    """A header field without its meanings."""
    return descriptions.Header(
        slug=header.slug,
        name=header.name,
        rfc=header.rfc_id,
        section=header.section,
        description=header.description,
        url=absolute(header.get_absolute_url()),
    )


def describe_header_detail(header: HeaderField, rules: Iterable[HeaderRule]) -> descriptions.HeaderDetail:
    """A header field with the meanings it is used with."""
    codes = [
        descriptions.HeaderCodeLink(
            **asdict(link_code(rule.code)),
            requirement=rule.requirement,
            condition=rule.condition,
            source=_source_of(rule),
        )
        for rule in rules
    ]
    return descriptions.HeaderDetail(**asdict(describe_header(header)), codes=codes)


def _source_of(rule: HeaderRule) -> descriptions.Citation:
    return descriptions.Citation(rfc=rule.rfc_id, draft=rule.draft or None, section=rule.section)


def describe_header_list(headers: Iterable[HeaderField]) -> descriptions.HeaderList:
    """Some header fields."""
    results = [describe_header(header) for header in headers]
    return descriptions.HeaderList(count=len(results), results=results)


def describe_header_row(header: HeaderField) -> descriptions.HeaderRow:
    """A header field from `for_list()` with its rules."""
    return descriptions.HeaderRow(header=describe_header(header), rules=group_rules(header.rules.all()))


def group_rules(rules: Iterable[HeaderRule]) -> list[descriptions.RulesByRequirement]:
    """The rules for a header field by keyword, the strictest first; otherwise in the given order."""
    return [
        descriptions.RulesByRequirement(
            requirement=requirement,
            rules=[
                descriptions.CodeRule(code=summarise_code(rule.code), condition=rule.condition, source=_source_of(rule))
                for rule in group
            ],
        )
        for requirement, group in groupby(sorted(rules, key=attrgetter("strictness")), key=attrgetter("requirement"))
    ]


# Errors


def describe_problem(
    status: int,
    detail: str,
    *,
    nearest: list[descriptions.Nearest] | UnsetType = UNSET,
    errors: list[descriptions.ParameterError] | UnsetType = UNSET,
) -> descriptions.Problem:
    """An error. Its type is about:blank: the status code is sufficient.

    Args:
        status: the status code.
        detail: what is wrong and how to fix it, as a sentence.
        nearest: links to likely alternatives.
        errors: the invalid parameters.
    """
    return descriptions.Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, nearest=nearest, errors=errors
    )


# Only for pages


def describe_number_head(document: descriptions.Number) -> descriptions.NumberHead:
    """The head of the page of a number with all of its meanings."""
    number, meanings = f"{document.number:03d}", document.meanings
    first = meanings[0] if meanings else None
    only = first if len(meanings) == 1 else None
    expires = document.registration_expires
    if not first:
        name, phrase = "is unassigned", "Unassigned"
        description = f"HTTP status code {number} is unassigned. What that means, and what a client does with it."
        lead = f"Nobody is known to use {number}. It is not in the registry, and no product that we know of sends it."
    else:
        name = document.phrase or (only and only.phrase) or ""
        description = first.summary
        lead = only.summary if only else ""
        if first.vendor and not document.phrase:
            vendors = ", ".join(meaning.vendor.name for meaning in meanings[:3] if meaning.vendor)
            description = (
                f"HTTP status code {number} is not registered. What it means in {vendors}, who sends it and what to do."
            )
        if document.phrase:
            phrase = document.phrase
        elif only or not first.vendor:
            phrase = first.phrase or next(iter(first.former_phrases), "")
        else:
            phrase = f"{len(meanings)} meanings, none registered"
    return descriptions.NumberHead(
        name=name,
        phrase=phrase,
        description=description,
        lead=lead,
        registration_expired=bool(expires and date.fromisoformat(expires) < datetime.now(UTC).date()),
    )


def describe_cell(first: StatusCode, *, others: int) -> descriptions.NumberCell:
    """A number as a cell of the map: its first meaning, from `for_list()`, and how many others there are."""
    return descriptions.NumberCell(first=describe_table_row(first), others=others)


def describe_class_cells(status_class: StatusClass, cells: list[descriptions.NumberCell]) -> descriptions.ClassCells:
    """A class in the map, with its cells."""
    return descriptions.ClassCells(
        label=status_class.label,
        name=status_class.name,
        url=absolute(status_class.get_absolute_url()),
        cells=cells,
    )


def describe_registry(registry: Registry) -> descriptions.RegistryCheck:
    """The last check against the registry."""
    return descriptions.RegistryCheck(
        name=registry.name, url=registry.url, checked_on=registry.checked_on, updated_on=registry.updated_on
    )


def describe_subcode_page(subcode: Subcode, siblings: Sequence[Subcode]) -> descriptions.SubcodePage:
    """A sub-code among the others of its meaning.

    Args:
        subcode: from `for_detail()`.
        siblings: all sub-codes of its meaning, including this one.
    """
    place = siblings.index(subcode)
    described = [_describe_subcode(sibling) for sibling in siblings]
    digit = subcode.code.status_class_id
    return descriptions.SubcodePage(
        subcode=described[place],
        meaning=link_code(subcode.code),
        class_=f"{digit}xx" if digit else None,
        source=subcode.url,
        siblings=described,
        previous=described[place - 1] if place else None,
        next=described[place + 1] if place + 1 < len(described) else None,
    )


def _describe_subcode(subcode: Subcode) -> descriptions.Subcode:
    return descriptions.Subcode(
        number=subcode.number,
        label=subcode.label,
        phrase=subcode.phrase,
        summary=subcode.summary,
        url=absolute(subcode.get_absolute_url()),
    )


def describe_comparison_link(comparison: Comparison) -> descriptions.ComparisonLink:
    """A ready-made comparison from `for_links()`."""
    return descriptions.ComparisonLink(
        title=comparison.title,
        decision=comparison.decision,
        url=absolute(comparison.get_absolute_url()),
        codes=[link_code(code) for code in comparison.codes.all()],
    )


def describe_comparison(codes: Sequence[StatusCode]) -> descriptions.Comparison:
    """Some meanings side by side.

    Args:
        codes: the meanings from `for_detail()`, in the order of the columns.
    """
    meanings = [describe_code(code) for code in codes]
    facts = [
        _fact("registration", [code.registration for code in codes], meanings),
        _fact("state", [meaning.state for meaning in meanings], meanings),
        _fact("on_the_wire", [meaning.on_the_wire for meaning in meanings], meanings),
        _fact("arises_at", [meaning.arises_at for meaning in meanings], meanings),
    ]
    if any(meaning.definitions for meaning in meanings):
        facts += [
            _property_fact(name, [meaning.properties.by_name()[name] for meaning in meanings], meanings)
            for name in Question.values
        ]
    return descriptions.Comparison(
        meanings=meanings,
        facts=sorted(facts, key=_agrees),
        headers=sorted(_compare_headers(meanings), key=_agrees),
        differences=_differences(meanings),
    )


def _agrees(row: descriptions.Fact | descriptions.HeaderFact) -> bool:
    return not row.differs


def _fact(name: str, values: Sequence[object], meanings: list[descriptions.Meaning]) -> descriptions.Fact:
    cells = [descriptions.FactCell(of=None, value=value) for value in values]
    return _fact_of(name, name, cells, meanings)


def _property_fact(
    name: str, answers: list[descriptions.Property], meanings: list[descriptions.Meaning]
) -> descriptions.Fact:
    cells = [
        descriptions.FactCell(of=None, value=answer.value, note=answer.note, source=answer.source) for answer in answers
    ]
    return _fact_of(name, "answer", cells, meanings)


def _fact_of(
    name: str, vocabulary: str, cells: list[descriptions.FactCell], meanings: list[descriptions.Meaning]
) -> descriptions.Fact:
    return descriptions.Fact(
        name=name,
        vocabulary=vocabulary,
        cells=_merged(cells, meanings),
        differs=len({cell.value for cell in cells} - {None}) > 1,
    )


def _compare_headers(meanings: list[descriptions.Meaning]) -> list[descriptions.HeaderFact]:
    """A row for each header field that a rule ties to one of the meanings."""
    names = {header.slug: header.name for meaning in meanings for header in meaning.headers}
    rows = []
    for slug, name in sorted(names.items()):
        cells = [
            descriptions.HeaderCell(of=None, rules=[header for header in meaning.headers if header.slug == slug])
            for meaning in meanings
        ]
        strengths = {tuple(rule.requirement for rule in cell.rules) for cell in cells}
        rows.append(
            descriptions.HeaderFact(slug=slug, name=name, cells=_merged(cells, meanings), differs=len(strengths) > 1)
        )
    return rows


def _merged(cells: list[Cell], meanings: list[descriptions.Meaning]) -> list[Cell]:
    """A single cell if all are equal, otherwise one per meaning."""
    if len(cells) > 1 and all(cell == cells[0] for cell in cells):
        return cells[:1]
    return [replace(cell, of=meaning) for cell, meaning in zip(cells, meanings, strict=True)]


def _differences(meanings: list[descriptions.Meaning]) -> list[descriptions.Difference]:
    """The difference of each pair of meanings, where one of them states it."""
    found = []
    for one, other in combinations(meanings, 2):
        for meaning, confused in ((one, other), (other, one)):
            stated = [each.difference for each in meaning.see_also if each.url == confused.url]
            if stated:
                found.append(descriptions.Difference(one=one, other=other, difference=stated[0]))
                break
    return found


def describe_step(step: Step) -> descriptions.Step:
    """A question, or an answer."""
    return descriptions.Step(question=step.question, text=step.text, url=absolute(step.get_absolute_url()))


def describe_option(option: Option) -> descriptions.Option:
    """One way to answer a question, from `for_tree()`."""
    return descriptions.Option(
        question=option.step.question,
        question_url=absolute(option.step.get_absolute_url()),
        text=option.text,
        url=absolute(option.leads_to.get_absolute_url()),
        code=link_code(option.leads_to.code) if option.leads_to.code else None,
    )
