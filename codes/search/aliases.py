"""The names that lead to numbers: phrases, former phrases, and the constants of libraries, in any spelling.

A name needs at least two ASCII letters or digits to be an address: `\\o/` and `✓` in requests have none.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain

from codes.content.state import content_state
from codes.models import Constant, FormerPhrase, StatusCode

# A longer name is not a typing mistake, and comparing costs time.
_MAX_COMPARED_LENGTH = 50


def alias_key(name: str) -> str:
    """The ASCII letters and digits of a name, in lower case: the same for all of its spellings."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def codes_named(name: str) -> dict[int, int]:
    """The meanings that have a name: their numbers, by primary key."""
    return _by_name(content_state()).get(alias_key(name), {})


def unambiguous_aliases() -> dict[str, int]:
    """The key of every name that leads to exactly one number, with that number."""
    numbers = {name: set(found.values()) for name, found in _by_name(content_state()).items()}
    return {name: each.pop() for name, each in numbers.items() if len(each) == 1 and not name.isdecimal()}


def spelled_like(name: str, *, at_most: int) -> list[int]:
    """The primary keys of the meanings with the most similar names, the most similar first."""
    known = _by_name(content_state())
    close = get_close_matches(alias_key(name)[:_MAX_COMPARED_LENGTH], known, n=at_most, cutoff=0.8)
    return list(dict.fromkeys(chain.from_iterable(known[each] for each in close)))[:at_most]


@lru_cache(maxsize=1)
def _by_name(state: str) -> dict[str, dict[int, int]]:
    """The numbers by primary key of the meanings that have each name, of the content in this state."""
    names: dict[str, dict[int, int]] = {}
    for code, number, name in chain(
        StatusCode.objects.values_list("pk", "number", "phrase"),
        FormerPhrase.objects.values_list("code", "code__number", "phrase"),
        Constant.objects.values_list("code", "code__number", "name"),
    ):
        if len(key := alias_key(name)) > 1:
            names.setdefault(key, {})[code] = number
    return names
