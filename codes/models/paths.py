"""The URL paths of pages."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def path_to(name: str, *args: object) -> str:
    """`reverse()` with a cache, since a list needs it once or twice per row."""
    return reverse(name, args=args)
