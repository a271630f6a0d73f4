"""Reference data in `fixtures/reference/` that the content is checked against."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures" / "reference"

# Two texts do not share this many consecutive words by accident.
NGRAM_LENGTH = 8


def read_sections() -> dict[int, set[str]]:
    """The section numbers of each RFC whose text we have read."""
    sections = yaml.load((FOLDER / "sections.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {rfc: set(numbers) for rfc, numbers in sections.items()}


def read_first_list_ngrams() -> set[str]:
    """The hashed n-grams of the list that the project started from. Its text is not ours."""
    return set((FOLDER / "first-list-words.txt").read_text(encoding="ascii").split())


def hashed_ngrams(text: str) -> Iterator[tuple[str, str]]:
    """Each n-gram of a text, with its hash."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    for start in range(len(words) - NGRAM_LENGTH + 1):
        ngram = " ".join(words[start : start + NGRAM_LENGTH])
        yield ngram, hashlib.sha256(ngram.encode()).hexdigest()[:12]
