"""Descriptions as Markdown (RFC 7763, CommonMark): `write()` knows how from the type of the description.

Texts that are Markdown are included as they are; all other values are escaped. Plain text is generated from this
Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch

from codes.documents import descriptions
from codes.documents.labels import label
from codes.models.rfcs import section_url

# An underscore inside a word needs no escape.
_MARK = re.compile(r"[\\`*\[\]<]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~~|&(?=[#A-Za-z])")
# At the beginning of a line these would start a heading, a list or a quotation.
_FIRST_MARK = re.compile(r"(?:[0-9]{1,9}[.)]|[-+]|#{1,6})(?= |$)|>")


@singledispatch
def write(document: object) -> str:
    """A document or an error as Markdown."""
    raise TypeError(f"there is no Markdown for {type(document).__name__}")


@write.register
def _number(document: descriptions.Number) -> str:
    meanings = document.meanings
    only = meanings[0] if len(meanings) == 1 else None
    return _joined(
        f"# {_title(only or document)}",
        _facts(
            ("Address", f"<{(only or document).url}>"),
            ("Every meaning of the number", f"<{document.url}>" if only and only.vendor else ""),
            ("Class", document.class_),
            ("Registration", _registration(document)),
            ("Registered phrase", _plain(document.phrase)),
        ),
        *(() if meanings else _unassigned(document)),
        *(_meaning(only, level=2) if only else ()),
        *(() if only else _each(meanings)),
    )


@write.register
def _meaning_list(document: descriptions.MeaningList) -> str:
    count = document.count
    checked = (
        f"; checked against the registry on {document.registry_checked_on}" if document.registry_checked_on else ""
    )
    return _joined(
        "# Status codes",
        f"{count} meaning{'' if count == 1 else 's'}{checked}.",
        _rows(document.results),
    )


@write.register
def _choices(document: descriptions.Choices) -> str:
    return _joined("# Several numbers share this name", _rows(document.results))


@write.register
def _class_detail(document: descriptions.ClassDetail) -> str:
    return _joined(*_class(document, 1), "## Its codes", _rows(document.codes))


@write.register
def _class_list(document: descriptions.ClassList) -> str:
    return _joined("# The five classes", *_flat(_class(result, 2) for result in document.results))


@write.register
def _rfc_detail(document: descriptions.RFCDetail) -> str:
    return _joined(
        *_rfc(document, 1),
        "## Status codes it defines",
        _list(
            f"{_link(code)}: §{code.definition.section}"
            + (f" as “{_plain(code.definition.phrase)}”" if code.definition.phrase else "")
            + (", in force" if code.definition.current else "")
            for code in document.codes
        )
        or "None.",
    )


@write.register
def _rfc_list(document: descriptions.RFCList) -> str:
    return _joined("# RFCs", *_flat(_rfc(result, 2) for result in document.results))


@write.register
def _vendor_detail(document: descriptions.VendorDetail) -> str:
    return _joined(*_vendor(document, 1), "## Its codes", _rows(document.codes) or "It has no codes of its own here.")


@write.register
def _vendor_list(document: descriptions.VendorList) -> str:
    return _joined("# Vendors", *_flat(_vendor(result, 2) for result in document.results))


@write.register
def _header_detail(document: descriptions.HeaderDetail) -> str:
    return _joined(
        *_header(document, 1),
        "## Status codes it is used with",
        _list(f"{_link(code)}: {_rule(code)}" for code in document.codes),
    )


@write.register
def _header_list(document: descriptions.HeaderList) -> str:
    return _joined("# Header fields", *_flat(_header(result, 2) for result in document.results))


@write.register
def _problem(document: descriptions.Problem) -> str:
    nearest = document.nearest or []
    return _joined(
        f"# {document.status} {document.title}",
        _plain(document.detail),
        *_section("## Perhaps you meant", _list(f"{_plain(_name(thing))}: <{thing.url}>" for thing in nearest)),
    )


# Parts of a number's document


def _registration(document: descriptions.Number) -> str:
    words = label(document.registration, "registration")
    if document.registration_expires:
        words += f" until {document.registration_expires}"
    if document.registry_checked_on:
        words += f" (checked against the registry on {document.registry_checked_on})"
    return words


def _unassigned(document: descriptions.Number) -> list[str]:
    blocks = [
        f"Nobody is known to use {document.number:03d}. "
        "It is not in the registry, and no product that we know of sends it."
    ]
    if document.class_:
        blocks.append(
            "A client that does not recognise a number must treat it as the x00 code of its class, "
            f"here as {document.class_[0]}00 (RFC 9110 §15)."
        )
    return blocks


def _each(meanings: list[descriptions.Meaning]) -> Iterator[str]:
    for meaning in meanings:
        party = _plain(meaning.vendor.name) if meaning.vendor else "As registered"
        yield f"## {party}" + (f": {_plain(meaning.phrase)}" if meaning.phrase else "")
        yield f"<{meaning.url}>"
        yield from _meaning(meaning, level=3)


def _meaning(meaning: descriptions.Meaning, level: int) -> Iterator[str]:
    """The blocks of one meaning, with headings from a level on."""
    heading, below = "#" * level, "#" * (level + 1)
    yield _plain(meaning.summary)
    yield _facts(
        ("Party", _party(meaning)),
        ("State in use", label(meaning.state, "state")),
        ("On the wire", label(meaning.on_the_wire, "on_the_wire")),
        ("Arises at", label(meaning.arises_at, "arises_at") if meaning.arises_at else ""),
        ("Note", _plain(meaning.registration_note)),
        ("Unsourced", "We found no source for this meaning." if meaning.unsourced else ""),
        ("Reviewed on", meaning.reviewed_on),
        ("Last changed", meaning.updated_at),
    )
    advice = [
        (f"{below} {reader}", said)
        for reader, said in (
            ("You see it in a browser", meaning.advice.visitor),
            ("You write the client", meaning.advice.client),
            ("You run the server", meaning.advice.server),
        )
        if said
    ]
    if advice:
        yield f"{heading} What to do now (our advice)"
        yield from _flat(advice)
    yield from _section(f"{heading} What it means", meaning.description)
    yield from _section(
        f"{heading} Sub-codes",
        _list(
            f"[{_plain(sub.label)} {_plain(sub.phrase)}]({sub.url}): {_plain(sub.summary)}" for sub in meaning.subcodes
        ),
    )
    yield from _section(f"{heading} When to send it", meaning.use_when)
    yield from _section(f"{heading} When not to send it", meaning.avoid_when)
    yield from _section(f"{heading} What the specification says", _properties(meaning.properties))
    yield from _section(f"{heading} Header fields", _list(f"`{rule.name}`: {_rule(rule)}" for rule in meaning.headers))
    yield from _section(f"{heading} Definitions", _list(map(_definition, meaning.definitions)))
    if meaning.examples:
        yield f"{heading} On the wire"
    for example in meaning.examples:
        yield "Request:"
        yield _block(example.request)
        yield "Response:"
        yield _block(example.response)
    yield from _section(
        f"{heading} Not to be confused with",
        _list(f"{_link(other)}: {_plain(other.difference)}" for other in meaning.see_also),
    )
    yield from _section(
        f"{heading} Other names",
        _list(_plain(name.phrase) + (f" ({_plain(name.used_in)})" if name.used_in else "") for name in meaning.names),
    )
    yield from _section(f"{heading} In code", _list(map(_constant, meaning.constants)))
    yield from _section(f"{heading} Also searched for as", _list(map(_plain, meaning.keywords)))
    yield from _section(f"{heading} Sources", _list(map(_source, meaning.sources)))


def _properties(properties: descriptions.Properties) -> str:
    return _list(
        f"**{label(name, 'property')}:** {label(answer.value, 'answer')}"
        + (f": {_plain(answer.note)}" if answer.note else "")
        + (f" ({_citation(answer.source)})" if answer.source else "")
        for name, answer in properties.recorded().items()
    )


def _rule(rule: descriptions.HeaderRule | descriptions.HeaderCodeLink) -> str:
    requirement = "" if rule.requirement == "other" else f"**{rule.requirement}** "
    return f"{requirement}{_plain(rule.condition)} ({_citation(rule.source)})"


def _definition(definition: descriptions.Definition) -> str:
    words = f"[{_citation(definition)}]({definition.url})"
    if definition.published:
        words += f" ({definition.published})"
    if definition.phrase:
        words += f": {_plain(definition.phrase)}"
    if definition.current:
        words += ", in force" if definition.rfc else ", named by the registry"
    return words


def _constant(constant: descriptions.Constant) -> str:
    words = f"{_plain(constant.language)}, {_plain(constant.library)}: {_code(constant.name)}"
    if constant.since:
        words += f", since {_plain(constant.since)}"
    if constant.until:
        words += f", until {_plain(constant.until)}"
    return words


def _source(source: descriptions.Source) -> str:
    words = f"{_plain(source.title)}: <{source.url}>"
    if source.checked_on:
        words += f", read on {source.checked_on}"
    if source.supports:
        words += f" – {_plain(source.supports)}"
    return words


# Parts of the other documents


def _class(document: descriptions.StatusClass, level: int) -> Iterator[str]:
    yield f"{'#' * level} {document.class_} {_plain(document.name)}"
    yield _facts(("Address", f"<{document.url}>"))
    yield document.description


def _rfc(document: descriptions.RFC, level: int) -> Iterator[str]:
    def named(numbers: list[int]) -> str:
        return ", ".join(f"RFC {number}" for number in numbers)

    yield f"{'#' * level} RFC {document.number}: {_plain(document.title)}"
    yield _facts(
        ("Address", f"<{document.url}>"),
        ("Published", document.published),
        ("Status", label(document.status, "rfc_status")),
        ("Obsoletes", named(document.obsoletes)),
        ("Obsoleted by", named(document.obsoleted_by)),
        ("Updates", named(document.updates)),
        ("Updated by", named(document.updated_by)),
        ("Text", f"<{section_url(rfc=document.number, draft='', section='')}>"),
    )


def _vendor(document: descriptions.Vendor, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_plain(document.name)}"
    yield _facts(
        ("Address", f"<{document.url}>"),
        ("Kind", label(document.kind, "vendor_kind")),
        ("Company", _plain(document.company)),
        ("Website", f"<{document.homepage}>" if document.homepage else ""),
        ("Retired", "Yes" if document.retired else ""),
    )
    yield document.description
    yield from _section(f"{'#' * (level + 1)} How to recognise its codes", document.logs)


def _header(document: descriptions.Header, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_plain(document.name)}"
    yield _facts(
        ("Address", f"<{document.url}>"),
        ("Defined in", _place(document.rfc, None, document.section) if document.rfc else ""),
    )
    yield document.description


def _rows(meanings: Sequence[descriptions.SummarisedCodeLink | descriptions.Meaning]) -> str:
    return _list(f"{_link(meaning)}: {_plain(meaning.summary)}" for meaning in meanings)


# Pieces


def _title(thing: descriptions.Number | descriptions.CodeLink) -> str:
    """The title of a number or a meaning: its number, its phrase or newest former phrase, and its vendor."""
    phrase, vendor = thing.phrase, None
    if isinstance(thing, descriptions.Meaning):
        phrase = phrase or next(iter(thing.former_phrases), None)
    if isinstance(thing, descriptions.CodeLink):
        vendor = thing.vendor
    return " ".join(filter(None, [f"{thing.number:03d}", _plain(phrase), f"({_plain(vendor.name)})" if vendor else ""]))


def _name(thing: descriptions.Nearest) -> str:
    """The text of a link."""
    if isinstance(thing, descriptions.CodeLink):
        return _title(thing)
    return f"RFC {thing.number}: {thing.title}" if isinstance(thing, descriptions.RFCLink) else thing.name


def _link(meaning: descriptions.CodeLink) -> str:
    return f"[{_title(meaning)}]({meaning.url})"


def _party(meaning: descriptions.Meaning) -> str:
    return f"[{_plain(meaning.vendor.name)}]({meaning.vendor.url})" if meaning.vendor else "the registry"


def _citation(source: descriptions.Citation | descriptions.Definition | None) -> str:
    return _place(source.rfc, source.draft, source.section) if source else ""


def _place(rfc: int | None, draft: str | None, section: str) -> str:
    document = f"RFC {rfc}" if rfc else f"{draft}"
    return f"{document} §{section}" if section else document


def _plain(text: str | None) -> str:
    """A plain value as Markdown, escaped."""
    line = _MARK.sub(r"\\\g<0>", " ".join((text or "").split()))
    if first := _FIRST_MARK.match(line):
        return f"{line[: first.end() - 1]}\\{line[first.end() - 1 :]}"
    return line


def _code(text: str) -> str:
    fence = _fence(text, 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def _block(text: str) -> str:
    fence = _fence(text, 3)
    return f"{fence}http\n{text}\n{fence}"


def _fence(text: str, least: int) -> str:
    """A run of backticks that is longer than any in the text."""
    return "`" * max(least, *(len(run) + 1 for run in re.findall("`+", text)), 0)


def _facts(*facts: tuple[str, str | None]) -> str:
    """The facts that have a value, as a list."""
    return _list(f"**{name}:** {value}" for name, value in facts if value)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _section(heading: str, text: str) -> list[str]:
    """A heading with its text, or nothing if the text is empty."""
    return [heading, text] if text else []


def _flat(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    return (block for group in groups for block in group)


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
