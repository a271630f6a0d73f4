"""What search engines and messengers show of a page: its title, description and address."""

from html.parser import HTMLParser

import pytest

from codes.models import StatusCode
from codes.publishing import addresses

# Also where only tests run that take the pages from `heads`.
pytestmark = pytest.mark.django_db

# What a search result shows of a title and of a description.
TITLE, DESCRIPTION = 60, 160


class Head(HTMLParser):
    """The title, links and meta elements of a page."""

    def __init__(self, page):
        super().__init__()
        self.title, self.links, self.meta, self._in_title = "", {}, {}, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        # Drawings have titles of their own.
        self._in_title = tag == "title" and not self.title
        if tag == "link":
            self.links.setdefault(attributes["rel"], attributes["href"])
        if tag == "meta" and "content" in attributes:
            self.meta[attributes.get("name") or attributes["property"]] = attributes["content"]

    def handle_data(self, data):
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag):
        self._in_title = False


@pytest.fixture(scope="module")
def heads(answer_at, django_db_blocker):
    """The head of every page, by its path; of the unassigned numbers, a few."""
    with django_db_blocker.unblock():
        known = set(StatusCode.objects.numbers())
        unassigned = {f"/{number}" for number in range(100, 600) if number not in known} - {"/105", "/427", "/599"}
        paths = [path for path in (*addresses.pages(), *addresses.documents()) if path not in unassigned]
        return {path: Head(answer_at(path).content.decode()) for path in paths}


def repeated(values):
    seen = {}
    for path, value in values.items():
        seen.setdefault(value, []).append(path)
    return [paths for paths in seen.values() if len(paths) > 1]


def test_what_a_result_shows_of_a_title_is_of_one_page_only(heads):
    assert repeated({path: head.title[:TITLE] for path, head in heads.items()}) == []


def test_a_description_fits_a_result_and_is_of_one_page_only(heads):
    descriptions = {path: head.meta["description"] for path, head in heads.items()}

    assert [path for path, words in descriptions.items() if not 30 <= len(words) <= DESCRIPTION] == []
    assert [path for path, words in descriptions.items() if words != words.strip()] == []
    assert repeated(descriptions) == []


def test_every_page_names_its_own_address(heads, settings):
    assert [path for path, head in heads.items() if head.links["canonical"] != settings.ORIGIN + path] == []


def test_what_is_shared_says_what_the_page_says(heads):
    for path, head in heads.items():
        assert head.meta["og:title"] == head.title, path
        assert head.meta["og:description"] == head.meta["description"], path
        assert head.meta["og:url"] == head.links["canonical"], path


def test_a_filtered_list_belongs_to_the_whole_list(get_html, settings):
    assert Head(get_html("/codes?class=4")).links["canonical"] == f"{settings.ORIGIN}/codes"


def test_an_error_has_no_address_of_its_own(client, db):
    assert "canonical" not in Head(client.get("/777").content.decode()).links


def test_quotation_marks_stay_inside_their_attribute(get_html, db):
    StatusCode.objects.filter(number=404).update(summary="Nothing \"there\" & <nothing> 'else'.")

    page = get_html("/404")

    assert Head(page).meta["og:description"] == "Nothing \"there\" & <nothing> 'else'."
    assert '"there"' not in page.partition("</head>")[0]
