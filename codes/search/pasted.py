"""Pasted texts: the status code in a line of a log, in the output of a terminal or in an error message."""

from __future__ import annotations

import re
from typing import NamedTuple


class PastedText(NamedTuple):
    """What a pasted text says."""

    text: str
    """The words to search for."""
    from_log: bool
    """Whether it is a line of a log: that is about one meaning, not about the number as such."""


# The request in quotation marks, status, size: the common and the combined format of nginx, Apache and many others.
_ACCESS_LOG = re.compile(r'"[^"]*" (?P<number>[0-9]{3}) (?:[0-9]+|-)')
_SQUID_LOG = re.compile(r"\b(?:TCP|UDP|NONE)[A-Z_]*/(?P<number>[0-9]{3})\b")
# Type, time, load balancer, client, target, three durations, status.
_ELB_LOG = re.compile(
    r"^(?:https?|h2|grpcs|wss?) [0-9-]+T\S+ \S+ \S+ \S+ [-0-9.]+ [-0-9.]+ [-0-9.]+ (?P<number>[0-9]{3}|-)"
)
# Date and time … status, sub-status, Windows status, then up to two sizes and a duration.
_IIS_LOG = re.compile(
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} .*? (?P<number>[0-9]{3}) (?P<subcode>[0-9]{1,3})(?: [0-9]+){1,4}\s*$"
)
# Five durations, status, size.
_HAPROXY_LOG = re.compile(r"(?<!\S)(?:-?[0-9]+/){3,4}\+?-?[0-9]+ (?P<number>[0-9]{3}) \+?[0-9]+(?!\S)")
# "status": 499, EdgeResponseStatus":524, status_code=404: logs written as JSON or as keys and values.
_LOG_FIELD = re.compile(r"""(?i)status(?:_?code)?(?:["']\s*:\s*["']?|=["']?)(?P<number>[0-9]{3})(?![0-9])""")
_STATUS_LINE = re.compile(r"\bHTTP/[0-9](?:\.[0-9])?\s+(?P<number>[0-9]{3})\b(?P<rest>.*)")
# A header field with its value, as curl and others print it.
_FIELD_LINE = re.compile(r"^\s*[<>*]?\s*(?P<name>[A-Za-z][A-Za-z-]*):\s")
# 4o4 and 5OO: the letter for the digit.
_LETTER_FOR_ZERO = re.compile(r"(?<!\w)[1-5](?:[oO][0-9oO]|[0-9][oO])(?!\w)")
# Digits that are not status codes: addresses with their ports, versions, dates and times, error numbers of the
# operating system, IDs of processes and connections, measurements.
_NOT_A_CODE = re.compile(
    r"https?://\S+|HTTP/[0-9](?:\.[0-9])?|(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}(?::[0-9]+)?|\blocalhost:[0-9]+"
    r"|[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}(?:T\S+)?|[0-9]{1,2}:[0-9]{2}:[0-9]{2}\S*"
    r"|\([0-9]+:|\([0-9]+\)(?=[A-Za-z])|\*[0-9]+|[0-9]+#[0-9]+:?|\b[pt]id[ :][0-9]+"
    r"|(?<![0-9.])(?:[0-9]{1,2}\.[0-9]{2,}|[0-9]{4,}\.[0-9]+)(?![0-9.])",
    re.IGNORECASE,
)


def parse_pasted(text: str) -> PastedText:
    """The words to search for in a text; if it is no known format, the text without digits that cannot be a code."""
    if line := _ACCESS_LOG.search(text):
        return PastedText(line["number"], from_log=True)
    if line := _SQUID_LOG.search(text):
        return PastedText(f"squid {line['number']}", from_log=True)
    if line := _ELB_LOG.search(text):
        return PastedText(f"aws-elb {line['number']}", from_log=True)
    if line := _HAPROXY_LOG.search(text):
        return PastedText(line["number"], from_log=True)
    if line := _IIS_LOG.search(text):
        return PastedText(f"iis {line['number']}.{line['subcode']}", from_log=True)
    if line := _STATUS_LINE.search(text):
        return PastedText(f"{line['number']} {_NOT_A_CODE.sub(' ', line['rest'])}", from_log=False)
    if line := _LOG_FIELD.search(text):
        return PastedText(line["number"], from_log=True)
    rest = _LETTER_FOR_ZERO.sub(lambda slip: slip[0].lower().replace("o", "0"), _NOT_A_CODE.sub(" ", text))
    if not rest.strip() and any(map(str.isalpha, text)):
        # It is nothing but an address or a version.
        rest = text
    return PastedText(rest, from_log=False)


def field_name(text: str) -> str:
    """The part before the colon, if the text looks like a header field with its value; else an empty string."""
    line = _FIELD_LINE.search(text)
    return line["name"] if line else ""
