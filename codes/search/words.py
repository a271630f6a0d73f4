"""Words: how search texts and names are split and normalized, so that different spellings match."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_QUALIFIERS = re.compile(r"::|[.\\$](?=[A-Za-z_])")
# A status code, a sub-code or an RFC's number, also where letters touch it: Status404NotFound, rfc9110.
_NUMBER = re.compile(r"(?<![0-9])[0-9]{3,5}(?![0-9])")
# 403.14 is one word; any other word ends at the first character that is neither letter nor digit.
_WORD = re.compile(r"(?<![0-9.])[0-9]{3}\.[0-9]{1,3}(?![.0-9])|[^\W_]+")
# authorised, authorising, authorisation
_BRITISH = re.compile(r"is(e|ed|es|ing|ation)$")
# logged, dropping
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_MIN_STEM_LENGTH = 4

# Stop words: function words, words that go with any code, and prefixes of identifiers and error messages. They may
# match, but need not.
_SMALL_WORDS = """
a an and are as at be by can cannot cant do does for from get gets getting got had has have how i if in is it its me
my need needs of on or please should so tell than that the then this to use used using want wants was were what when
where which while why will with you your
"""
_COMMON_WORDS = """
api app client code codes error errors header headers http https mean meaning means message page problem request
requested requests responded response responses returned server site status statuses url web website
err exception fail failed fix ngx rc sc servlet urllib urlopen
"""
# Words that ask for the difference between two codes.
_COMPARISON_WORDS = "vs versus v or same better instead difference differences compare compared between"
COMPARISON_WORDS = frozenset(_COMPARISON_WORDS.split())
SMALL_WORDS = COMPARISON_WORDS.union(_SMALL_WORDS.split())
STOP_WORDS = SMALL_WORDS.union(_COMMON_WORDS.split())


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case and normalized to NFKC. `I'm` is one word, and so is `403.14`."""
    plain = unicodedata.normalize("NFKC", text).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return [word.lower() for word in _WORD.findall(plain)]


def split_identifier(text: str) -> str:
    """An identifier with spaces between its words: `UnprocessableEntity`, `rfc9110`, `Status404NotFound`."""
    apart = _NUMBER.sub(r" \g<0> ", text) if "." not in text else text
    return _CAMEL.sub(" ", apart)


def split_qualified(text: str) -> list[str]:
    """The segments of a qualified name, `axum::http::StatusCode::FOUND`. A text without letters stays whole: 403.14."""
    return _QUALIFIERS.split(text) if any(map(str.isalpha, text)) else [text]


def name_key(words: Iterable[str]) -> str:
    """The words of a name joined: the same for `NotFound`, `not_found` and `Not Found`."""
    return "".join(words)


def stem(word: str) -> str:
    """A word without its ending, in American spelling: `redirect` for `redirects` and `redirected`."""
    word = _BRITISH.sub(r"iz\g<1>", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM_LENGTH and not word.endswith("ss"):
            return _DOUBLED.sub(r"\g<1>", word.removesuffix(ending))
    return word


def misspellings(word: str) -> set[str]:
    """The word, and the word without each one of its letters.

    Two spellings that differ by one letter (added, missing, wrong, or two swapped) have one of these in common.
    """
    return {word, *(word[:position] + word[position + 1 :] for position in range(len(word)))}
