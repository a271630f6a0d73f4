"""Words: how a text, whether typed or a name, is taken apart so that the same things look the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_QUALIFIERS = re.compile(r"::|[.\\$](?=[A-Za-z_])")
# A status code, a sub-code or an RFC's number, also where letters touch it: Status404NotFound, rfc9110.
_NUMBER = re.compile(r"(?<![0-9])[0-9]{3,5}(?![0-9])")
# 403.14 is one word; everything else ends at the first sign that is neither letter nor digit.
_WORD = re.compile(r"(?<![0-9.])[0-9]{3}\.[0-9]{1,3}(?![.0-9])|[^\W_]+")
# authorised, authorising, authorisation
_BRITISH = re.compile(r"is(e|ed|es|ing|ation)$")
# logged, dropping
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_SHORTEST_STEM = 4

# What people write around the thing that they mean: small words, words that stand with any code, and what identifiers
# and error messages begin with. They may match, but need not.
_SMALL_WORDS = """
a an and are as at be by can cannot cant do does for from get gets getting got had has have how i if in is it its me
my need needs of on or please should so tell than that the then this to use used using want wants was were what when
where which while why will with you your
"""
_USUAL_WORDS = """
api app client code codes error errors header headers http https mean meaning means message page problem request
requested requests responded response responses returned server site status statuses url web website
err exception fail failed fix ngx rc sc servlet urllib urlopen
"""
# What they write between two things of which they want to know the difference.
_COMPARING = "vs versus v or same better instead difference differences compare compared between"
COMPARING = frozenset(_COMPARING.split())
SMALL_WORDS = COMPARING.union(_SMALL_WORDS.split())
NOISE = SMALL_WORDS.union(_USUAL_WORDS.split())


def words(text: str) -> list[str]:
    """The words of a text, in lower case, in order. `I'm` is one word, and so is `403.14`."""
    plain = unicodedata.normalize("NFKC", text).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return [word.lower() for word in _WORD.findall(plain)]


def split_identifier(text: str) -> str:
    """`UnprocessableEntity`, `rfc9110` and `Status404NotFound` with spaces between their words."""
    apart = _NUMBER.sub(r" \g<0> ", text) if "." not in text else text
    return _CAMEL.sub(" ", apart)


def split_qualified(text: str) -> list[str]:
    """The segments of a qualified name, `axum::http::StatusCode::FOUND`. What has no letters is left whole: 403.14."""
    return _QUALIFIERS.split(text) if any(map(str.isalpha, text)) else [text]


def squeezed(words: Iterable[str]) -> str:
    """Words without anything between them, the same for every way in which an identifier can be spelled."""
    return "".join(words)


def stem(word: str) -> str:
    """A word without its ending, in American spelling: `redirects` and `redirected` are `redirect`."""
    word = _BRITISH.sub(r"iz\g<1>", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            return _DOUBLED.sub(r"\g<1>", word.removesuffix(ending))
    return word


def misspellings(word: str) -> set[str]:
    """The word, and the word without any one of its letters.

    Two words of which one was mistyped (a letter too many, too few, another or two exchanged) have one in common.
    """
    return {word, *(word[:position] + word[position + 1 :] for position in range(len(word)))}
