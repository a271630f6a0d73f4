"""What the content is held against: data in `fixtures/reference/` that is not content itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures" / "reference"

# So many words in a row that two texts share are no accident.
NGRAM_LENGTH = 8


def read_sections() -> dict[int, set[str]]:
    """The section numbers of every RFC whose text was read."""
    sections = yaml.load((FOLDER / "sections.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {rfc: set(numbers) for rfc, numbers in sections.items()}


def read_first_list_ngrams() -> set[str]:
    """Hashes of every run of eight words in the list from which the project started, whose text is not ours."""
    return set((FOLDER / "first-list-words.txt").read_text(encoding="ascii").split())


def hashed_ngrams(text: str) -> Iterator[tuple[str, str]]:
    """Every run of eight words of a text, with its hash."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    for start in range(len(words) - NGRAM_LENGTH + 1):
        run = " ".join(words[start : start + NGRAM_LENGTH])
        yield run, hashlib.sha256(run.encode()).hexdigest()[:12]
