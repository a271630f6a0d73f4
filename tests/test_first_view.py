"""What the first view of a page of a number costs: everything fits into the first flight of a connection."""

import re

import brotli
import pytest

BYTES = 14_600  # compressed: what a server may send before the first acknowledgement
REQUESTS = 5


def loaded_by(page):
    """The addresses that a browser fetches with a page."""
    return set(re.findall(r'<(?:script src|link rel="(?:icon|stylesheet)" href)="([^"]+)"', page))


# The heaviest are those of numbers with many meanings.
@pytest.mark.parametrize("path", ["/301", "/308", "/403", "/404", "/427", "/499", "/499/nginx", "/500", "/503"])
def test_everything_that_a_page_of_a_number_loads_fits_into_the_first_flight(client, db, path):
    page = client.get(path).content
    files = [b"".join(client.get(address).streaming_content) for address in loaded_by(page.decode())]

    assert sum(len(brotli.compress(content)) for content in (page, *files)) <= BYTES
    assert 1 + len(files) <= REQUESTS
