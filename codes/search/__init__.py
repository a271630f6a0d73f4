"""One search: what a text means, for the list of codes, for suggestions and for programs.

Own ranking over the names of some hundred pages, held in memory: the same on every database, and never more work than
the bounded length of a text allows.
"""

from codes.content.state import content_state
from codes.search.index import index_of
from codes.search.pages import Hit, Kind

__all__ = ["MAX_LENGTH", "TOO_LONG", "Hit", "Kind", "find"]

MAX_LENGTH = 2_000
"""Of a search text, in characters. It is enough for a line of a log, whatever the agent calls itself."""

TOO_LONG = f"A search text has at most {MAX_LENGTH} characters. Of a log line, paste the part around the status."


def find(text: str) -> list[Hit]:
    """The pages that a text means, the likeliest first; none where nothing fits.

    Args:
        text: at most `MAX_LENGTH` characters: a number, a name, words, or a line pasted from a log or a terminal.
    """
    return index_of(content_state()).find(text)
