"""The page cache: every public page is rendered once per state of the content and served from memory.

- `renderer` runs in a process of its own, one per host. It polls the content state, asks Django for every public
  address, compresses the responses and writes them to the store; after an edit only those that it outdates.
  `queries` says which these are. `supervisor` starts it.
- `store` is a SQLite file in the data folder. It survives a restart; every release has its own (`fingerprint`).
- `wsgi_middleware` is in front of Django in every web process. It has the whole store in memory and responds with it.
  `cached_response` says which requests it may respond to; all others go on to Django.
- `response_cache` is between the two and caches what Django responds to filters, searches and comparisons of a
  reader's choice, until the content changes.

Nothing here knows what the pages are about. The setting PAGE_CACHE_SOURCES names the functions that do.
"""
