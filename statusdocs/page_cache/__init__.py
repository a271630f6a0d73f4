"""Finished pages: every public page is made once per state of the content, and answered from memory.

- `renderer` is a process of its own, one a host. It watches the content state, asks Django for every public address,
  compresses the answers and puts them into the store: first the pages of what changed, then those that link to them.
- `store` is a SQLite file in the data folder. It outlives a restart and is made anew for every release.
- `layer` stands in front of Django in every web process. It holds what the store has and answers with it; whatever
  is not exactly a plain reading of a finished page it hands on to Django. `answers` says what that is.
- `recent` stands between the two and remembers what Django answered to filters, searches and comparisons of a reader's
  own choice, until the content changes.

Nothing here knows what the pages are about. The setting PAGE_CACHE_SOURCES names the functions that do.
"""
