"""The search of the list and of the suggestions, and the aliases that lead to numbers.

It ranks the names of some hundred pages in memory, so it is the same on every database, and the limited length of a
search text limits the work.
"""

from codes.content.state import content_state
from codes.search.index import index_of
from codes.search.pages import Hit, Kind

__all__ = ["MAX_LENGTH", "TOO_LONG_MESSAGE", "Hit", "Kind", "find"]

MAX_LENGTH = 2_000
"""Of a search text, in characters: enough for a line of a log with a long user agent."""

TOO_LONG_MESSAGE = (
    f"A search text can have at most {MAX_LENGTH} characters. From a log line, paste only the part around the status."
)


def find(text: str) -> list[Hit]:
    """The pages that match a text, the best match first.

    Args:
        text: at most `MAX_LENGTH` characters: a number, a name, words, or a line pasted from a log or a terminal.
    """
    return index_of(content_state()).find(text)
