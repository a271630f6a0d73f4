"""Which meanings bear a name: a phrase, a former phrase, or an identifier of a library, in any spelling.

What has less than two ASCII letters and digits cannot be told from noise and is no address: `\\o/` and `✓` in requests.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain

from codes.content.state import content_state
from codes.models import Constant, FormerPhrase, StatusCode

# Past fifty characters a name is no typing mistake, and comparing costs time.
_COMPARED = 50


def squeezed(name: str) -> str:
    """What two spellings of a name have in common: ASCII letters, in lower case, and digits."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def codes_named(name: str) -> dict[int, int]:
    """The meanings that bear a name: their numbers by their ids."""
    return _by_name(content_state()).get(squeezed(name), {})


def unambiguous_aliases() -> dict[str, int]:
    """Every name, squeezed, that leads to one number, with that number."""
    numbers = {name: set(found.values()) for name, found in _by_name(content_state()).items()}
    return {name: each.pop() for name, each in numbers.items() if len(each) == 1 and not name.isdecimal()}


def spelled_like(name: str, *, at_most: int) -> list[int]:
    """The ids of the meanings whose names are spelled most like one, the likest first."""
    known = _by_name(content_state())
    close = get_close_matches(squeezed(name)[:_COMPARED], known, n=at_most, cutoff=0.8)
    return list(dict.fromkeys(chain.from_iterable(known[each] for each in close)))[:at_most]


@lru_cache(maxsize=1)
def _by_name(state: str) -> dict[str, dict[int, int]]:
    """Every name with its codes_named, as they were in a state of the content."""
    names: dict[str, dict[int, int]] = {}
    for code, number, name in chain(
        StatusCode.objects.values_list("pk", "number", "phrase"),
        FormerPhrase.objects.values_list("code", "code__number", "phrase"),
        Constant.objects.values_list("code", "code__number", "name"),
    ):
        if len(key := squeezed(name)) > 1:
            names.setdefault(key, {})[code] = number
    return names
