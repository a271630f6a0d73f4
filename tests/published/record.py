"""`make publish`: note what is new. It is no test, but has the tests' database with the shipped content."""

from codes.search.aliases import alias_key
from tests.published import HEADING_IDS, NAMES, read_addresses, read_lines, write_addresses, write_lines
from tests.published.now import PAGES_WITH_HEADINGS, addresses_now, headings_now, names_now


def test_note_what_is_new(client, db):
    write_addresses(read_addresses() | addresses_now())

    names = read_lines(NAMES)
    known = {alias_key(name) for name in names}
    write_lines(NAMES, {**{name: to for name, to in names_now().items() if alias_key(name) not in known}, **names})

    ids = read_lines(HEADING_IDS)
    pages = {*ids, *PAGES_WITH_HEADINGS}
    write_lines(HEADING_IDS, {path: {*ids.get(path, []), *headings_now(client.get(path))} for path in pages})
