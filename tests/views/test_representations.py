"""HTML, JSON, Markdown, text and CSV say the same, each in its own way."""

import csv
import html
import io
import json
import re

import pytest
from django.conf import settings
from markdown_it import MarkdownIt

from codes.documents import text
from codes.documents.labels import label
from codes.models import StatusCode
from codes.publishing import addresses


def words(page):
    """What a page says: its words without markup, and the addresses that it links to."""
    links = re.findall(r'href="([^"]*)"', page)
    said = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:a|em|strong|code)\b[^>]*>", "", page))
    return " ".join(html.unescape(" ".join([said, *links])).split())


def passages(markdown):
    """The words of a Markdown text, one string a paragraph or item."""
    blocks = re.split(r"</?(?:p|li|ul|ol|pre|blockquote)[^>]*>", MarkdownIt("commonmark").render(markdown))
    return [words(re.sub(r'\shref="[^"]*"', "", block)) for block in blocks if block.strip()]


def cited(source):
    if source is None:
        return []
    return [f"RFC {source['rfc']}" if source["rfc"] else source["draft"], source["section"]]


def facts(meaning):
    """Every fact of a meaning's JSON as the words that a reader finds, under the name of its field."""
    yield "number", [f"{meaning['number']:03d}"]
    yield "vendor", [meaning["vendor"]["name"]] if meaning["vendor"] else []
    yield "phrase", [meaning["phrase"]]
    yield "url", [meaning["url"]]
    yield "former_phrases", meaning["former_phrases"]
    yield "names", [value for name in meaning["names"] for value in name.values()]
    yield "registration_note", [meaning["registration_note"]]
    yield "state", [] if meaning["state"] == "active" else [label(meaning["state"], "state")]
    yield "on_the_wire", [] if meaning["on_the_wire"] else ["ever in a response"]
    yield "arises_at", [label(meaning["arises_at"], "arises_at")] if meaning["arises_at"] else []
    yield "summary", [meaning["summary"]]
    yield "description", passages(meaning["description"])
    yield "use_when", passages(meaning["use_when"])
    yield "avoid_when", passages(meaning["avoid_when"])
    yield "advice", [passage for advice in meaning["advice"].values() for passage in passages(advice)]
    yield (
        "definitions",
        [
            value
            for definition in meaning["definitions"]
            for value in (*cited(definition), definition["phrase"], definition["published"])
        ],
    )
    yield (
        "properties",
        [
            value
            for name, answer in meaning["properties"].items()
            if answer["value"] is not None
            for value in (
                label(name, "property"),
                label(answer["value"], "answer"),
                answer["note"],
                *cited(answer["source"]),
            )
        ],
    )
    yield (
        "headers",
        [
            value
            for rule in meaning["headers"]
            for value in (
                rule["name"],
                "" if rule["requirement"] == "other" else rule["requirement"],
                rule["condition"],
                *cited(rule["source"]),
            )
        ],
    )
    yield "constants", [value for constant in meaning["constants"] for value in constant.values()]
    yield "examples", [value for example in meaning["examples"] for value in example.values()]
    yield (
        "see_also",
        [
            value
            for other in meaning["see_also"]
            for value in (
                f"{other['number']:03d}",
                other["vendor"] and other["vendor"]["name"],
                other["phrase"],
                other["difference"],
            )
        ],
    )
    yield (
        "subcodes",
        [value for sub in meaning["subcodes"] for value in (sub["label"], sub["phrase"], sub["summary"])],
    )
    yield "keywords", meaning["keywords"]
    yield "sources", [value for source in meaning["sources"] for value in source.values()]
    yield "unsourced", ["We found no source for this meaning."] if meaning["unsourced"] else []
    yield "reviewed_on", [meaning["reviewed_on"]]
    yield "updated_at", [meaning["updated_at"]]


@pytest.fixture
def meanings(answer_at, db):
    """Every meaning's JSON."""
    results = json.loads(answer_at("/codes.json").content)["results"]
    return [meaning for number in results for meaning in number["meanings"]]


def squeezed(value):
    """Without white space: text folds the lines of examples, also within a word."""
    return "".join(value.split())


def missing(meaning, said, *, besides=()):
    """The facts of a meaning that a text does not say."""
    said = squeezed(said)
    return [
        (meaning["url"], name, value)
        for name, values in facts(meaning)
        if name not in besides
        for value in values
        if value and squeezed(value) not in said
    ]


def test_every_field_of_a_meaning_is_compared(meanings):
    assert {name for name, _ in facts(meanings[0])} == set(meanings[0])


def test_markdown_says_every_fact_of_every_meaning(answer_at, meanings):
    reader = MarkdownIt("commonmark")

    lost = []
    for meaning in meanings:
        written = answer_at(f"{meaning['url']}.md".removeprefix(settings.ORIGIN)).content.decode()
        lost += missing(meaning, words(reader.render(written)))

    assert lost == []


def test_text_says_every_fact_of_every_meaning(answer_at, meanings):
    lost = []
    for meaning in meanings:
        written = answer_at(f"{meaning['url']}.txt".removeprefix(settings.ORIGIN)).content.decode()
        lost += missing(meaning, written)

    assert lost == []


def test_the_page_says_every_fact_of_every_meaning(answer_at, meanings):
    # What people type into a search field, and a time to the second, are for programs.
    besides = ("keywords", "updated_at")

    lost = []
    for meaning in meanings:
        page = answer_at(meaning["url"].removeprefix(settings.ORIGIN)).content.decode()
        lost += missing(meaning, words(page), besides=besides)

    assert lost == []


def too_wide(written):
    """The lines of more than 80 columns, but for an address that is longer by itself."""
    return [
        line for line in written.splitlines() if len(line) > 80 and not re.fullmatch(r"\s*(?:- )?<?https?://\S+", line)
    ]


def test_text_fits_a_terminal_of_80_columns(answer_at, db):
    paths = [f"{path}.txt" for path in addresses.documents()]

    assert [(path, line) for path in paths for line in too_wide(answer_at(path).content.decode())] == []


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# One\n\n## Two\n\n### Three", "One\n===\n\nTwo\n---\n\nThree\n~~~~~\n"),
        ("**Use** `Allow`, *never* [405](/405).", "Use Allow, never 405.\n"),
        ("[the list](https://example.org/a)", "the list <https://example.org/a>\n"),
        ("<https://example.org/?a=1&b=2>", "https://example.org/?a=1&b=2\n"),
        ("- a\n- b\n  - c\n\nd", "- a\n- b\n  - c\n\nd\n"),
        ("1. a\n2. b", "1. a\n2. b\n"),
        ("> said", "  said\n"),
        ("a  \nb", "a\nb\n"),
        ("```\nGET / HTTP/1.1\n\n  x\n```", "    GET / HTTP/1.1\n\n      x\n"),
        ("<script>alert(1)</script> &lt;b&gt;", "<script>alert(1)</script> <b>\n"),
        ("x" * 90 + " y", "x" * 90 + "\ny\n"),
        ("", "\n"),
    ],
)
def test_markdown_as_plain_text(markdown, expected):
    assert text.plain(markdown) == expected


HOSTILE = [
    "*a* _b_ `c` [d](e) <f> &lt; ~~g~~",
    "# h",
    "- i",
    "12. j",
    "> k",
    "\\",
    "]()",
    "<script>alert(1)</script>",
    "![x](y)",
    "snake_case_name",
    "``",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_that_is_no_markdown_reads_as_it_is_written(client, db, value):
    code = StatusCode.objects.get(number=404, vendor=None)
    code.phrase = code.summary = value
    code.save()
    code.constants.filter(library__name="net/http").update(name=value)
    code.keywords.create(words=value)

    written = client.get("/404.md").content.decode()

    page = MarkdownIt("commonmark").render(written)
    assert f"<h1>404 {html.escape(value)}</h1>" in page
    assert f"<p>{html.escape(value)}</p>" in page
    assert f"<code>{html.escape(value)}</code>" in page
    assert f"<li>{html.escape(value)}</li>" in page
    assert value in client.get("/404.txt").content.decode()


def test_an_example_with_backticks_stays_in_its_block(client, db):
    StatusCode.objects.get(number=404, vendor=None).examples.update(response="HTTP/1.1 404\n\n```\n# x")

    page = MarkdownIt("commonmark").render(client.get("/404.md").content.decode())

    assert "```\n# x\n</code></pre>" in page


def rows(client, query=""):
    response = client.get(f"/codes.csv{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def test_csv_has_a_row_for_every_meaning_with_its_facts(client, meanings):
    for row, meaning in zip(rows(client), meanings, strict=True):
        assert row["number"] == f"{meaning['number']:03d}"
        assert row["vendor"] == (meaning["vendor"]["slug"] if meaning["vendor"] else "")
        assert row["phrase"] == (meaning["phrase"] or "")
        assert row["former_phrases"] == "; ".join(meaning["former_phrases"])
        assert row["on_the_wire"] == ("true" if meaning["on_the_wire"] else "false")
        assert row["headers"].count(";") == max(0, len(meaning["headers"]) - 1)
        for name in ("state", "summary", "url", "reviewed_on", "updated_at"):
            assert row[name] == meaning[name]
        for name in ("content", "cacheable", "redirect_method", "retry"):
            assert row[name] == (meaning["properties"][name]["value"] or "")


def test_csv_says_what_the_registry_says_of_each_row(client, db):
    registration = {(row["number"], row["vendor"]): row["registration"] for row in rows(client)}

    assert registration["404", ""] == "registered"
    assert registration["306", ""] == "unused"
    assert registration["451", "exchange-activesync"] == ""
    assert registration["499", "nginx"] == "unassigned"
    assert registration["999", "linkedin"] == "outside"


@pytest.mark.parametrize("suffix", ["md", "txt", "csv"])
def test_a_row_a_meaning_is_filtered_and_sorted_as_asked_for(client, db, suffix):
    listed = client.get(f"/codes.{suffix}?vendor=nginx&sort=-number").content.decode()

    assert listed.index("499") < listed.index("495") < listed.index("444")
    assert "404" not in listed


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        ("json", "application/problem+json"),
        ("md", "text/markdown; charset=utf-8"),
        ("txt", "text/plain; charset=utf-8"),
        ("csv", "text/plain; charset=utf-8"),
    ],
)
def test_a_refused_filter_is_said_in_the_representation(client, db, suffix, content_type):
    response = client.get(f"/codes.{suffix}?class=9")

    assert response.status_code == 400
    assert response.headers["Content-Type"] == content_type
    assert "is not a value of this filter" in response.content.decode()


def test_an_unknown_number_names_the_nearest_in_markdown_and_text(client, db):
    for suffix in ("md", "txt"):
        response = client.get(f"/777.{suffix}")

        assert response.status_code == 404
        assert "783 Unexpected Token (Shopify): " in response.content.decode()
        assert f"{settings.ORIGIN}/783/shopify" in response.content.decode()
