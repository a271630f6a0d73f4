"""Descriptions as Markdown (RFC 7763, CommonMark), one function for each kind of document.

Texts that are Markdown themselves go in as they are; every other value is escaped, so that it reads as it is written.
Plain text is made from this Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from codes.documents.describe import Description
from codes.documents.labels import label
from codes.models.rfcs import section_url

# An underscore inside a word marks nothing.
_MARK = re.compile(r"[\\`*\[\]<]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~~|&(?=[#A-Za-z])")
# What makes a heading, a list or a quotation of a line that it begins.
_FIRST_MARK = re.compile(r"(?:[0-9]{1,9}[.)]|[-+]|#{1,6})(?= |$)|>")


def number(document: Description) -> str:
    """A number with its meanings."""
    meanings = document["meanings"]
    only = meanings[0] if len(meanings) == 1 else None
    return _joined(
        f"# {_title(only or document)}",
        _facts(
            ("Address", f"<{(only or document)['url']}>"),
            ("Every meaning of the number", f"<{document['url']}>" if only and only["vendor"] else ""),
            ("Class", document["class"]),
            ("Registration", _registration(document)),
            ("Registered phrase", _plain(document["phrase"])),
        ),
        *(() if meanings else _unassigned(document)),
        *(_meaning(only, level=2) if only else ()),
        *(() if only else _each(meanings)),
    )


def code_list(document: Description) -> str:
    """Meanings, one a row."""
    count = document["count"]
    return _joined(
        "# Status codes",
        f"{count} meaning{'' if count == 1 else 's'}; "
        f"checked against the registry on {document['registry_checked_on'] or 'no day that is recorded'}.",
        _rows(document["results"]),
    )


def choices(document: Description) -> str:
    """Meanings of different numbers that bear one name."""
    return _joined("# Several numbers bear this name", _rows(document["results"]))


def status_class(document: Description) -> str:
    """A class and its codes."""
    return _joined(*_class(document, 1), "## Its codes", _rows(document["codes"]))


def class_list(document: Description) -> str:
    """The classes."""
    return _joined("# The five classes", *_flat(_class(result, 2) for result in document["results"]))


def rfc(document: Description) -> str:
    """An RFC and the codes that it defines."""
    return _joined(
        *_rfc(document, 1),
        "## Status codes that it defines",
        _list(
            f"{_link(code)}: §{definition['section']}"
            + (f" as “{_plain(definition['phrase'])}”" if definition["phrase"] else "")
            + (", in force" if definition["current"] else "")
            for code in document["codes"]
            for definition in [code["definition"]]
        )
        or "None.",
    )


def rfc_list(document: Description) -> str:
    """The RFCs."""
    return _joined("# RFCs", *_flat(_rfc(result, 2) for result in document["results"]))


def vendor(document: Description) -> str:
    """A vendor and its codes."""
    return _joined(*_vendor(document, 1), "## Its codes", _rows(document["codes"]) or "No code here is its own.")


def vendor_list(document: Description) -> str:
    """The vendors."""
    return _joined("# Vendors", *_flat(_vendor(result, 2) for result in document["results"]))


def header(document: Description) -> str:
    """A header field and the codes that it goes with."""
    return _joined(
        *_header(document, 1),
        "## Status codes that it goes with",
        _list(f"{_link(code)}: {_rule(code)}" for code in document["codes"]),
    )


def header_list(document: Description) -> str:
    """The header fields."""
    return _joined("# Header fields", *_flat(_header(result, 2) for result in document["results"]))


def problem(said: Description) -> str:
    """An error, with links to what may have been meant."""
    return _joined(
        f"# {said['status']} {said['title']}",
        _plain(said["detail"]),
        *_section(
            "## Perhaps you meant",
            _list(f"{_plain(_name(thing))}: <{thing['url']}>" for thing in said.get("nearest", [])),
        ),
    )


# Parts of a number's document


def _registration(document: Description) -> str:
    words = label(document["registration"], "registration")
    if document["registration_expires"]:
        words += f" until {document['registration_expires']}"
    if document["registry_checked_on"]:
        words += f" (checked against the registry on {document['registry_checked_on']})"
    return words


def _unassigned(document: Description) -> list[str]:
    blocks = [
        f"Nobody is known to use {document['number']:03d}. "
        "It is not in the registry, and no product that we know of sends it."
    ]
    if document["class"]:
        blocks.append(
            "A client that does not know a number must treat it as the x00 code of its class, "
            f"so as {document['class'][0]}00 (RFC 9110 §15)."
        )
    return blocks


def _each(meanings: list[Description]) -> Iterator[str]:
    for meaning in meanings:
        party = _plain(meaning["vendor"]["name"]) if meaning["vendor"] else "As registered"
        yield f"## {party}" + (f": {_plain(meaning['phrase'])}" if meaning["phrase"] else "")
        yield f"<{meaning['url']}>"
        yield from _meaning(meaning, level=3)


def _meaning(meaning: Description, level: int) -> Iterator[str]:
    """The blocks of one meaning, with headings from a level on."""
    heading, below = "#" * level, "#" * (level + 1)
    yield _plain(meaning["summary"])
    yield _facts(
        ("Party", _party(meaning)),
        ("State in use", label(meaning["state"], "state")),
        ("On the wire", "Yes" if meaning["on_the_wire"] else "No: never in a response"),
        ("Arises at", label(meaning["arises_at"], "arises_at") if meaning["arises_at"] else ""),
        ("Note", _plain(meaning["registration_note"])),
        ("Unsourced", "We found no source for this meaning." if meaning["unsourced"] else ""),
        ("Reviewed on", meaning["reviewed_on"]),
        ("Last changed", meaning["updated_at"]),
    )
    advice = [
        (f"{below} {reader}", meaning["advice"][key])
        for key, reader in (
            ("visitor", "You see it in a browser"),
            ("client", "You write the client"),
            ("server", "You run the server"),
        )
        if meaning["advice"][key]
    ]
    if advice:
        yield f"{heading} What to do now (our advice)"
        yield from _flat(advice)
    yield from _section(f"{heading} What it means", meaning["description"])
    yield from _section(
        f"{heading} Sub-codes",
        _list(
            f"[{_plain(sub['label'])} {_plain(sub['phrase'])}]({sub['url']}): {_plain(sub['summary'])}"
            for sub in meaning["subcodes"]
        ),
    )
    yield from _section(f"{heading} When to send it", meaning["use_when"])
    yield from _section(f"{heading} When not to send it", meaning["avoid_when"])
    yield from _section(f"{heading} What the specification says", _properties(meaning["properties"]))
    yield from _section(
        f"{heading} Header fields", _list(f"`{rule['name']}`: {_rule(rule)}" for rule in meaning["headers"])
    )
    yield from _section(f"{heading} Definitions", _list(map(_definition, meaning["definitions"])))
    if meaning["examples"]:
        yield f"{heading} On the wire"
    for example in meaning["examples"]:
        yield "Request:"
        yield _block(example["request"])
        yield "Response:"
        yield _block(example["response"])
    yield from _section(
        f"{heading} Not to be confused with",
        _list(f"{_link(other)}: {_plain(other['difference'])}" for other in meaning["see_also"]),
    )
    yield from _section(
        f"{heading} Other names",
        _list(
            _plain(name["phrase"]) + (f" ({_plain(name['used_in'])})" if name["used_in"] else "")
            for name in meaning["names"]
        ),
    )
    yield from _section(f"{heading} In code", _list(map(_constant, meaning["constants"])))
    yield from _section(f"{heading} Also searched for as", _list(map(_plain, meaning["keywords"])))
    yield from _section(f"{heading} Sources", _list(map(_source, meaning["sources"])))


def _properties(properties: Description) -> str:
    return _list(
        f"**{label(name, 'property')}:** {label(answer['value'], 'answer')}"
        + (f": {_plain(answer['note'])}" if answer["note"] else "")
        + (f" ({_citation(answer['source'])})" if answer["source"] else "")
        for name, answer in properties.items()
        if answer["value"] is not None
    )


def _rule(rule: Description) -> str:
    requirement = "" if rule["requirement"] == "other" else f"**{rule['requirement']}** "
    return f"{requirement}{_plain(rule['condition'])} ({_citation(rule['source'])})"


def _definition(definition: Description) -> str:
    words = f"[{_citation(definition)}]({definition['url']})"
    if definition["published"]:
        words += f" ({definition['published']})"
    if definition["phrase"]:
        words += f": {_plain(definition['phrase'])}"
    if definition["current"]:
        words += ", in force" if definition["rfc"] else ", named by the registry"
    return words


def _constant(constant: Description) -> str:
    words = f"{_plain(constant['language'])}, {_plain(constant['library'])}: {_code(constant['name'])}"
    if constant["since"]:
        words += f", since {_plain(constant['since'])}"
    if constant["until"]:
        words += f", until {_plain(constant['until'])}"
    return words


def _source(source: Description) -> str:
    words = f"{_plain(source['title'])}: <{source['url']}>"
    if source["checked_on"]:
        words += f", read on {source['checked_on']}"
    if source["supports"]:
        words += f" – {_plain(source['supports'])}"
    return words


# Parts of the other documents


def _class(document: Description, level: int) -> Iterator[str]:
    yield f"{'#' * level} {document['class']} {_plain(document['name'])}"
    yield _facts(("Address", f"<{document['url']}>"))
    yield document["description"]


def _rfc(document: Description, level: int) -> Iterator[str]:
    def named(numbers: list[int]) -> str:
        return ", ".join(f"RFC {number}" for number in numbers)

    yield f"{'#' * level} RFC {document['number']}: {_plain(document['title'])}"
    yield _facts(
        ("Address", f"<{document['url']}>"),
        ("Published", document["published"]),
        ("Status", label(document["status"], "rfc_status")),
        ("Obsoletes", named(document["obsoletes"])),
        ("Obsoleted by", named(document["obsoleted_by"])),
        ("Updates", named(document["updates"])),
        ("Updated by", named(document["updated_by"])),
        ("Text", f"<{section_url(rfc=document['number'], draft='', section='')}>"),
    )


def _vendor(document: Description, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_plain(document['name'])}"
    yield _facts(
        ("Address", f"<{document['url']}>"),
        ("Kind", label(document["kind"], "vendor_kind")),
        ("Company", _plain(document["company"])),
        ("Its own page", f"<{document['homepage']}>" if document["homepage"] else ""),
        ("Retired", "Yes" if document["retired"] else ""),
    )
    yield document["description"]
    yield from _section(f"{'#' * (level + 1)} How to recognise its codes", document["logs"])


def _header(document: Description, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_plain(document['name'])}"
    yield _facts(
        ("Address", f"<{document['url']}>"),
        ("Defined in", _citation({**document, "draft": None}) if document["rfc"] else ""),
    )
    yield document["description"]


def _rows(meanings: list[Description]) -> str:
    return _list(f"{_link(meaning)}: {_plain(meaning['summary'])}" for meaning in meanings)


# Pieces


def _title(meaning: Description) -> str:
    """What a meaning is called: its number, its phrase or the newest name it was known by, its vendor."""
    phrase = meaning["phrase"] or next(iter(meaning.get("former_phrases", [])), "")
    vendor = meaning.get("vendor")
    return " ".join(
        filter(None, [f"{meaning['number']:03d}", _plain(phrase), f"({_plain(vendor['name'])})" if vendor else ""])
    )


def _name(thing: Description) -> str:
    """What a link to a vendor, a header field, an RFC or a meaning is called."""
    if "slug" in thing:
        return thing["name"]
    if "title" in thing:
        return f"RFC {thing['number']}: {thing['title']}"
    return _title(thing)


def _link(meaning: Description) -> str:
    return f"[{_title(meaning)}]({meaning['url']})"


def _party(meaning: Description) -> str:
    return f"[{_plain(meaning['vendor']['name'])}]({meaning['vendor']['url']})" if meaning["vendor"] else "the registry"


def _citation(source: Description) -> str:
    document = f"RFC {source['rfc']}" if source["rfc"] else source["draft"]
    return f"{document} §{source['section']}" if source["section"] else document


def _plain(text: str | None) -> str:
    """A value that is no Markdown, so that it reads as it is written."""
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
    """More backticks than the text has in a row."""
    return "`" * max(least, *(len(run) + 1 for run in re.findall("`+", text)), 0)


def _facts(*facts: tuple[str, str | None]) -> str:
    """Those facts that have a value."""
    return _list(f"**{name}:** {value}" for name, value in facts if value)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _section(heading: str, text: str) -> list[str]:
    """A heading with its text, or nothing."""
    return [heading, text] if text else []


def _flat(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    return (block for group in groups for block in group)


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
