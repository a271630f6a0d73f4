"""The contents of documents and pages, as typed descriptions.

The first part is public: a JSON document is an encoded description, and `json_schema.py` generates the published schema
from the annotations. Fields there are only ever added, each with a sentence. The second part is only for pages.
Addresses are absolute and start with the setting `STATUSDOCS_ORIGIN`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from codes import models
from codes.models.properties import ANSWERS, Answer, Question

_ON_THE_WIRE = {Answer.YES: True, Answer.NO: False}


def _doc(description: str) -> Meta:
    return Meta(description=description)


def _markdown(description: str) -> Meta:
    return Meta(
        description=f"{description} Markdown; empty where there is nothing to say.",
        extra_json_schema={"contentMediaType": "text/markdown"},
    )


def _one_of(values: Iterable[object]) -> Meta:
    return Meta(extra_json_schema={"enum": list(values)})


def _answer_to(question: Question) -> Meta:
    """A property whose values are the possible answers to a question."""
    answers = [_ON_THE_WIRE.get(answer, answer.value) for answer in ANSWERS[question]]
    values = [*answers, Answer.SILENT.value, Answer.NOT_APPLICABLE.value, None]
    return Meta(description=f"{question.label}.", extra_json_schema={"properties": {"value": {"enum": values}}})


Day = Annotated[str, Meta(extra_json_schema={"format": "date"})]
Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Month = Annotated[str, Meta(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]
Address = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
RFCNumber = Annotated[int, Meta(ge=1, le=99999)]
Count = Annotated[int, Meta(ge=0)]

StatusNumber = Annotated[int, Meta(ge=0, le=999, description="The status code, 0 to 999.")]
ClassLabel = Annotated[str, _one_of(f"{digit}xx" for digit in range(1, 6))]
Registration = Annotated[str, _one_of([*models.StatusCode.Registration.values, "unassigned", "outside"])]
State = Annotated[str, _one_of(models.StatusCode.State.values)]
ArisesAt = Annotated[str, _one_of(models.StatusCode.ArisesAt.values)]
Requirement = Annotated[str, _one_of(models.HeaderRule.Requirement.values)]
RFCStatus = Annotated[str, _one_of(models.RFC.Status.values)]
VendorKind = Annotated[str, _one_of(models.Vendor.Kind.values)]

PageHere = Annotated[Address, _doc("Its page here.")]
Section = Annotated[str, _doc("The bare number of the section.")]
CitedRFC = Annotated[RFCNumber | None, _doc("The RFC’s number.")]
CitedDraft = Annotated[str | None, _doc("The name of the Internet-Draft, where it is not an RFC.")]
Summary = Annotated[str, _doc("What it means, in one sentence.")]
SectionPhrase = Annotated[str | None, _doc("The phrase that the section used.")]
Condition = Annotated[str, _doc("When the rule applies; empty if always.")]
RegistryCheckedOn = Annotated[Day | None, _doc("When the registry was last checked.")]
ListCount = Annotated[Count, _doc("How many results there are.")]
Slug = Annotated[str, _doc("Its name in addresses. It never changes.")]
VendorName = Annotated[str, _doc("Its name.")]
HeaderSlug = Annotated[str, _doc("Its name in lower case, as in addresses.")]
HeaderName = Annotated[str, _doc("Its name, as its specification writes it.")]
NumberOfRFC = Annotated[RFCNumber, _doc("Its number.")]
TitleOfRFC = Annotated[str, _doc("Its title.")]
RelatedRFC = Annotated[RFCNumber, _doc("An RFC’s number.")]

_RESULTS = _doc("All results: there is no paging.")
_CODES = _doc("Its meanings, by number.")


# Links


class VendorLink(Struct, frozen=True, kw_only=True):
    """A link to a vendor."""

    slug: Slug
    name: VendorName
    url: PageHere


class RFCLink(Struct, frozen=True, kw_only=True):
    """A link to an RFC."""

    number: NumberOfRFC
    title: TitleOfRFC
    url: PageHere


class HeaderLink(Struct, frozen=True, kw_only=True):
    """A link to a header field."""

    slug: HeaderSlug
    name: HeaderName
    url: PageHere


class StepLink(VendorLink, frozen=True, kw_only=True):
    """A link to a question or an answer, in the shape of a link to a vendor."""


class CodeLink(Struct, frozen=True, kw_only=True):
    """A link to a meaning."""

    number: StatusNumber
    vendor: Annotated[VendorLink | None, _doc("Whose meaning it is; null for the registry.")]
    phrase: Annotated[str | None, _doc("The reason phrase; null if there is none, as for 306 and 418.")]
    url: PageHere

    @property
    def key(self) -> str:
        """Its name in the address of a comparison: `404`, `499:nginx`."""
        return f"{self.number:03d}:{self.vendor.slug}" if self.vendor else f"{self.number:03d}"


class SummarisedCodeLink(CodeLink, frozen=True, kw_only=True):
    """A link to a meaning, with its summary."""

    summary: Summary


# Parts of a meaning


class Name(Struct, frozen=True, kw_only=True):
    """A former phrase."""

    phrase: Annotated[str, _doc("The phrase.")]
    used_in: Annotated[str, _doc("Who used it; may be empty.")]


class Citation(Struct, frozen=True, kw_only=True):
    """A place in a specification."""

    rfc: CitedRFC
    draft: CitedDraft
    section: Section


class Definition(Struct, frozen=True, kw_only=True):
    """A section that defines it."""

    rfc: CitedRFC
    draft: CitedDraft
    section: Section
    phrase: SectionPhrase
    published: Annotated[str | None, _doc("The month of the RFC: YYYY-MM.")]
    current: Annotated[bool, _doc("Whether it is the one in force.")]
    url: Annotated[Address, _doc("The text.")]


class Advice(Struct, frozen=True, kw_only=True):
    """What to do now: our advice, not that of a specification."""

    visitor: Annotated[str, _markdown("For people who see it in a browser.")]
    client: Annotated[str, _markdown("For authors of clients.")]
    server: Annotated[str, _markdown("For operators of servers.")]


class Property(Struct, frozen=True, kw_only=True):
    """What a specification says about one question."""

    value: Annotated[
        bool | str | None,
        _doc("What the specification says; “silent” if it says nothing, null if not recorded yet."),
    ]
    note: Annotated[str, _doc("A condition or an exception; may be empty.")]
    source: Annotated[Citation | None, _doc("The section that says so.")]


class Properties(Struct, frozen=True, kw_only=True):
    """The five questions that are answered for every code."""

    interim: Annotated[Property, _answer_to(Question.INTERIM)]
    content: Annotated[Property, _answer_to(Question.CONTENT)]
    cacheable: Annotated[Property, _answer_to(Question.CACHEABLE)]
    redirect_method: Annotated[Property, _answer_to(Question.REDIRECT_METHOD)]
    retry: Annotated[Property, _answer_to(Question.RETRY)]

    def by_name(self) -> dict[str, Property]:
        """Each property by its name."""
        return {name: getattr(self, name) for name in self.__struct_fields__}

    def recorded(self) -> dict[str, Property]:
        """The properties that have a value."""
        return {name: answer for name, answer in self.by_name().items() if answer.value is not None}


class HeaderRule(Struct, frozen=True, kw_only=True):
    """How strongly a specification ties a header field to a code."""

    slug: Annotated[str, _doc("The header field’s name in lower case, as in addresses.")]
    name: Annotated[str, _doc("The header field’s name.")]
    requirement: Annotated[Requirement, _doc("The keyword; “other” where the specification uses none.")]
    condition: Condition
    source: Annotated[Citation | None, _doc("The section that says so.")]


class Constant(Struct, frozen=True, kw_only=True):
    """Its name in a library."""

    language: Annotated[str, _doc("The language.")]
    library: Annotated[str, _doc("The library, or part of one.")]
    name: Annotated[str, _doc("The bare identifier, as the library spells it.")]
    since: Annotated[str | None, _doc("The version that added it.")]
    until: Annotated[str | None, _doc("The last version that has it.")]


class Example(Struct, frozen=True, kw_only=True):
    """An exchange. Lines end with a line feed here, and with CRLF on the wire."""

    request: Annotated[str, _doc("The request.")]
    response: Annotated[str, _doc("The response.")]


class SeeAlso(CodeLink, frozen=True, kw_only=True):
    """Another meaning."""

    difference: Annotated[str, _doc("The difference between the two.")]


class Subcode(Struct, frozen=True, kw_only=True):
    """A finer number below a vendor’s meaning."""

    number: Annotated[Count, _doc("The sub-code.")]
    label: Annotated[str, _doc("As people write it: 403.14.")]
    phrase: Annotated[str, _doc("Its name; may be empty.")]
    summary: Summary
    url: PageHere


class Source(Struct, frozen=True, kw_only=True):
    """A document that supports it."""

    title: Annotated[str, _doc("Its title.")]
    url: Annotated[Address, _doc("Where it is.")]
    supports: Annotated[str, _doc("What it supports; may be empty.")]
    checked_on: Annotated[Day | None, _doc("When we last read it.")]


# Numbers and their meanings


class Meaning(CodeLink, frozen=True, kw_only=True):
    """The meaning of a number according to one party."""

    former_phrases: Annotated[list[Annotated[str, _doc("A phrase.")]], _doc("Every former name, newest first.")]
    names: Annotated[list[Name], _doc("The former phrases, with who used them.")]
    registration_note: Annotated[str, _doc("How this differs from the registry, and why; may be empty.")]
    state: Annotated[State, _doc("Whether it is in use.")]
    on_the_wire: Annotated[
        bool, _doc("Whether the number ever appears in a response; if not, only in logs or in the client.")
    ]
    arises_at: Annotated[ArisesAt | None, _doc("Where between client and origin server it arises.")]
    summary: Summary
    description: Annotated[str, _markdown("What it means.")]
    use_when: Annotated[str, _markdown("When to send it.")]
    avoid_when: Annotated[str, _markdown("When not to, and what to send instead.")]
    advice: Advice
    definitions: Annotated[list[Definition], _doc("Every section that defines or once defined it, oldest first.")]
    properties: Properties
    headers: Annotated[list[HeaderRule], _doc("The header fields used with it.")]
    constants: Annotated[list[Constant], _doc("Its names in languages and libraries.")]
    examples: Annotated[list[Example], _doc("Exchanges as they look on the wire.")]
    see_also: Annotated[list[SeeAlso], _doc("The codes it is often confused with.")]
    subcodes: Annotated[list[Subcode], _doc("Its sub-codes.")]
    keywords: Annotated[list[Annotated[str, _doc("Words.")]], _doc("What people search for when they mean it.")]
    sources: Annotated[list[Source], _doc("The sources besides the definitions.")]
    unsourced: Annotated[bool, _doc("Whether no source supports it at all.")]
    reviewed_on: Annotated[Day | None, _doc("When every fact was last checked against its source.")]
    updated_at: Annotated[Time, _doc("When its content last changed (UTC).")]

    @property
    def id(self) -> str:
        """The prefix of the ids of its headings."""
        return self.vendor.slug if self.vendor else "registered"

    @property
    def has_advice(self) -> bool:
        """Whether there is any advice."""
        return bool(self.advice.visitor or self.advice.client or self.advice.server)

    @property
    def has_badges(self) -> bool:
        """Whether anything about it is unusual."""
        return self.state != "active" or not self.on_the_wire


class Number(Struct, frozen=True, kw_only=True):
    """A number with its meanings. At the address of one vendor’s meaning it has only that one."""

    number: StatusNumber
    class_: Annotated[ClassLabel | None, _doc("The class; null outside 100–599.")] = field(name="class")
    url: Annotated[Address, _doc("The page of the number.")]
    registration: Annotated[
        Registration,
        _doc("What the registry says; “unassigned” if it has no entry, “outside” for 000–099 and 600–999."),
    ]
    registration_expires: Annotated[Day | None, _doc("When a temporary registration ends.")]
    registry_checked_on: RegistryCheckedOn
    phrase: Annotated[str | None, _doc("The registered reason phrase; null if there is none.")]
    meanings: Annotated[list[Meaning], _doc("The registered meaning first, if there is one, then those of vendors.")]

    @property
    def has_solid_line(self) -> bool:
        """Whether its line is drawn solid, with the stops of its class: it is registered and in force."""
        return self.registration in ("registered", "temporary")


class NumberList(Struct, frozen=True, kw_only=True):
    """The matching numbers, ascending, each with only its matching meanings."""

    registry_checked_on: RegistryCheckedOn
    count: ListCount
    results: Annotated[list[Number], _RESULTS]


class Choices(Struct, frozen=True, kw_only=True):
    """Meanings of different numbers that share one name."""

    count: ListCount
    results: Annotated[list[SummarisedCodeLink], _RESULTS]


# Classes


class StatusClass(Struct, frozen=True, kw_only=True):
    """A class of status codes."""

    class_: Annotated[ClassLabel, _doc("The first digit.")] = field(name="class")
    name: Annotated[str, _doc("What RFC 9110 calls it.")]
    description: Annotated[str, _markdown("What its codes have in common.")]
    url: PageHere

    def __str__(self) -> str:
        return f"{self.class_} {self.name}"

    @property
    def first_number(self) -> int:
        """The x00 code, as which a client treats every number of the class that it does not recognise."""
        return int(self.class_[0]) * 100


class ClassDetail(StatusClass, frozen=True, kw_only=True):
    """A class of status codes. With its meanings."""

    codes: Annotated[list[SummarisedCodeLink], _CODES]


class ClassList(Struct, frozen=True, kw_only=True):
    """The five classes."""

    count: ListCount
    results: Annotated[list[StatusClass], _RESULTS]


# RFCs


class RFC(Struct, frozen=True, kw_only=True):
    """An RFC that defines status codes, or that such an RFC refers to."""

    number: NumberOfRFC
    title: TitleOfRFC
    published: Annotated[Month, _doc("The month: YYYY-MM.")]
    status: Annotated[RFCStatus, _doc("Its present status, as the RFC Editor states it.")]
    obsoletes: Annotated[list[RelatedRFC], _doc("The RFCs that it replaced.")]
    obsoleted_by: Annotated[list[RelatedRFC], _doc("The RFCs that replaced it.")]
    updates: Annotated[list[RelatedRFC], _doc("The RFCs that it changed.")]
    updated_by: Annotated[list[RelatedRFC], _doc("The RFCs that changed it.")]
    url: PageHere


class DefinitionInRFC(Struct, frozen=True, kw_only=True):
    """The section of this RFC."""

    section: Section
    phrase: SectionPhrase
    current: Annotated[bool, _doc("Whether it is the definition in force.")]
    url: Annotated[Address, _doc("The text.")]


class RFCCodeLink(CodeLink, frozen=True, kw_only=True):
    """A link to a meaning, with the section that defines it."""

    definition: DefinitionInRFC

    @property
    def has_other_phrase_now(self) -> bool:
        """Whether its phrase in this RFC is not its present one."""
        return bool(self.definition.phrase) and self.definition.phrase != self.phrase


class RFCDetail(RFC, frozen=True, kw_only=True):
    """An RFC that defines status codes, or that such an RFC refers to. With its meanings."""

    codes: Annotated[list[RFCCodeLink], _CODES]


class RFCList(Struct, frozen=True, kw_only=True):
    """Every RFC named here."""

    count: ListCount
    results: Annotated[list[RFC], _RESULTS]


# Vendors


class Vendor(Struct, frozen=True, kw_only=True):
    """A party that uses numbers outside the registry."""

    slug: Slug
    name: VendorName
    company: Annotated[str, _doc("Who makes it; may be empty.")]
    kind: Annotated[VendorKind, _doc("What it is.")]
    url: PageHere
    homepage: Annotated[str, _doc("Its website; may be empty.")]
    description: Annotated[str, _markdown("What it is, and what its codes have in common.")]
    logs: Annotated[str, _markdown("How to recognise its codes, in logs or elsewhere.")]
    retired: Annotated[bool, _doc("Whether it has been discontinued.")]


class VendorDetail(Vendor, frozen=True, kw_only=True):
    """A party that uses numbers outside the registry. With its meanings."""

    codes: Annotated[list[SummarisedCodeLink], _CODES]


class VendorList(Struct, frozen=True, kw_only=True):
    """Every vendor."""

    count: ListCount
    results: Annotated[list[Vendor], _RESULTS]


# Header fields


class Header(Struct, frozen=True, kw_only=True):
    """A header field that some status code requires, recommends or mentions."""

    slug: HeaderSlug
    name: HeaderName
    rfc: Annotated[RFCNumber | None, _doc("The RFC that defines it.")]
    section: Section
    description: Annotated[str, _markdown("What it says.")]
    url: PageHere


class HeaderCodeLink(CodeLink, frozen=True, kw_only=True):
    """A link to a meaning, with its rule for the field."""

    requirement: Annotated[Requirement, _doc("How strongly the field is tied to it.")]
    condition: Condition
    source: Annotated[Citation, _doc("The section that says so.")]


class HeaderDetail(Header, frozen=True, kw_only=True):
    """A header field that some status code requires, recommends or mentions. With its meanings."""

    codes: Annotated[list[HeaderCodeLink], _CODES]


class HeaderList(Struct, frozen=True, kw_only=True):
    """Every header field named here."""

    count: ListCount
    results: Annotated[list[Header], _RESULTS]


# Errors and other responses

Nearest = CodeLink | VendorLink | RFCLink | HeaderLink


class ParameterError(Struct, frozen=True, kw_only=True):
    """A parameter with an invalid value."""

    parameter: Annotated[str, _doc("Its name.")]
    messages: Annotated[list[Annotated[str, _doc("A sentence.")]], _doc("Why it is invalid.")]
    allowed: (
        Annotated[list[Annotated[str, _doc("A value.")]], _doc("The allowed values, where they are few.")] | UnsetType
    ) = UNSET


class Problem(Struct, frozen=True, kw_only=True):
    """An error (RFC 9457)."""

    type: Annotated[str, _doc("Always about:blank: the status is sufficient.")] = "about:blank"
    title: Annotated[str, _doc("The reason phrase of the status.")]
    status: Annotated[int, Meta(ge=400, le=599, description="The status.")]
    detail: Annotated[str, _doc("What is wrong, and how to fix it.")]
    nearest: Annotated[list[Nearest], _doc("With 404: likely alternatives.")] | UnsetType = UNSET
    errors: Annotated[list[ParameterError], _doc("With 400: the invalid parameters.")] | UnsetType = UNSET


class Tried(Struct, frozen=True, kw_only=True):
    """The response of `/try/503`."""

    status: Annotated[int, Meta(ge=200, le=599, description="The status asked for.")]
    detail: Annotated[str, _doc("A note that it was asked for.")]
    about: Annotated[Address, _doc("The page of the number.")]


Suggestions = Annotated[
    list[
        Annotated[str, _doc("The text.")]
        | Annotated[list[Annotated[str, _doc("One per suggestion.")]], _doc("A list.")]
    ],
    Meta(
        min_length=4,
        max_length=4,
        description="Suggestions for a text (OpenSearch Suggestions 1.1): the text, then three lists of equal length, "
        "best match first: titles, details, and the addresses of the pages.",
    ),
]


Document = (
    Number
    | NumberList
    | Choices
    | ClassDetail
    | ClassList
    | RFCDetail
    | RFCList
    | VendorDetail
    | VendorList
    | HeaderDetail
    | HeaderList
)


# The list of codes in Markdown, text and CSV


class ListedMeaning(Meaning, frozen=True, kw_only=True):
    """A meaning as a row of the list, with its registration.

    Attributes:
        registration: None for a vendor's meaning of a number that is registered with another.
    """

    registration: str | None


class MeaningList(Struct, frozen=True, kw_only=True):
    """Meanings, one per row, in the requested order."""

    registry_checked_on: str | None
    count: int
    results: list[ListedMeaning]


# Only for pages


class TableRow(SummarisedCodeLink, frozen=True, kw_only=True):
    """A meaning as a row of a table, with some of the facts by which lists are filtered.

    Attributes:
        listing: what the registry says about it, or about its number; empty if the registry has another meaning.
        expired: whether its temporary registration has ended.
        cacheable: the value of that property, None if not recorded.
    """

    former_phrases: list[str]
    listing: str
    expired: bool
    state: str
    on_the_wire: bool
    cacheable: str | None

    @property
    def has_badges(self) -> bool:
        """Whether it has a listing, or anything about it is unusual."""
        return bool(self.listing) or self.state != "active" or not self.on_the_wire


class NumberCell(Struct, frozen=True, kw_only=True):
    """A number in the map of all numbers: its first meaning, and how many others there are."""

    first: TableRow
    others: int


class ClassCells(Struct, frozen=True, kw_only=True):
    """A class in the map of all numbers."""

    label: str
    name: str
    url: str
    cells: list[NumberCell]


class RegistryCheck(Struct, frozen=True, kw_only=True):
    """When the content was last checked against the registry, and when the registry had last been updated."""

    name: str
    url: str
    checked_on: date
    updated_on: date


class ComparisonLink(Struct, frozen=True, kw_only=True):
    """A ready-made comparison."""

    title: str
    decision: str
    url: str
    codes: list[CodeLink]


class NumberHead(Struct, frozen=True, kw_only=True):
    """The head of the page of a number.

    Attributes:
        name: follows the number in the document title; may be empty.
        phrase: follows the number in the heading; may be empty.
        description: the meta description.
        lead: the sentence below the heading; empty if each meaning has its own.
        registration_expired: whether a temporary registration has ended.
    """

    name: str
    phrase: str
    description: str
    lead: str
    registration_expired: bool


class Surroundings(Struct, frozen=True, kw_only=True):
    """The class and the neighbours of a number.

    Attributes:
        status_class: None outside 100 to 599.
        previous: the next lower number that has a meaning.
        next: the next higher one.
        stops: all numbers of its class that have a meaning.
    """

    status_class: StatusClass | None
    previous: int | None
    next: int | None
    stops: list[int]


class SubcodePage(Struct, frozen=True, kw_only=True):
    """A sub-code among the others of its meaning."""

    subcode: Subcode
    meaning: CodeLink
    class_: str | None
    source: str
    siblings: list[Subcode]
    previous: Subcode | None
    next: Subcode | None


class VendorRow(Struct, frozen=True, kw_only=True):
    """A vendor in the list of all, with its codes."""

    vendor: Vendor
    codes: list[SummarisedCodeLink]


class RFCRow(Struct, frozen=True, kw_only=True):
    """An RFC in the list of all, and how many meanings it ever defined."""

    rfc: RFC
    code_count: int


class RFCNode(Struct, frozen=True, kw_only=True):
    """An RFC in the drawing of what replaced what."""

    number: int
    title: str
    published: str
    obsoletes: list[int]
    is_replaced: bool
    url: str


class CodeRule(Struct, frozen=True, kw_only=True):
    """A rule of one code for a given header field."""

    code: SummarisedCodeLink
    condition: str
    source: Citation


class RulesByRequirement(Struct, frozen=True, kw_only=True):
    """The rules for a header field that have the same keyword."""

    requirement: str
    rules: list[CodeRule]


class HeaderRow(Struct, frozen=True, kw_only=True):
    """A header field in the list of all, with its rules, the strictest first."""

    header: Header
    rules: list[RulesByRequirement]


class FactCell(Struct, frozen=True, kw_only=True):
    """The value of a fact for one meaning, or for all if `of` is None."""

    of: CodeLink | None
    value: object
    note: str = ""
    source: Citation | None = None


class Fact(Struct, frozen=True, kw_only=True):
    """A fact of some meanings.

    Attributes:
        name: `state`, `cacheable`.
        vocabulary: that of its values, for `label()`.
        cells: one per meaning, or a single one if all are equal.
        differs: whether they disagree; unknown values do not count.
    """

    name: str
    vocabulary: str
    cells: list[FactCell]
    differs: bool


class HeaderCell(Struct, frozen=True, kw_only=True):
    """The rules of one meaning, or of all if `of` is None, for a header field."""

    of: CodeLink | None
    rules: list[HeaderRule]


class HeaderFact(Struct, frozen=True, kw_only=True):
    """A header field that a rule ties to one of the meanings; `cells` and `differs` as in `Fact`."""

    slug: str
    name: str
    cells: list[HeaderCell]
    differs: bool


class Difference(Struct, frozen=True, kw_only=True):
    """The difference between two meanings, as a sentence."""

    one: CodeLink
    other: CodeLink
    difference: str


class Comparison(Struct, frozen=True, kw_only=True):
    """Some meanings side by side: each by itself, fact by fact, and pair by pair. Rows that differ come first."""

    meanings: list[Meaning]
    facts: list[Fact]
    headers: list[HeaderFact]
    differences: list[Difference]


class Step(Struct, frozen=True, kw_only=True):
    """A question of “which code should I send?”, or an answer, whose `question` is empty."""

    question: str
    text: str
    url: str


class Option(Struct, frozen=True, kw_only=True):
    """One way to answer a question.

    Attributes:
        url: the next question, or the answer.
        code: the code to send, if that is an answer.
    """

    question: str
    question_url: str
    text: str
    url: str
    code: CodeLink | None


class ConfusedCode(Struct, frozen=True, kw_only=True):
    """A code that an answer is often confused with, and the path of their comparison."""

    other: SeeAlso
    comparison: str


class Representation(Struct, frozen=True, kw_only=True):
    """A representation available at an address."""

    media_type: str
    path: str
