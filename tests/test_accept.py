"""Which media type a value of `Accept` prefers (RFC 9110 section 12.5.1)."""

import pytest

from statusdocs.accept import MAX_LENGTH, preferred_type

OFFERED = ("text/html", "application/json", "text/markdown", "text/plain")


@pytest.mark.parametrize(
    ("accept", "preferred"),
    [
        # The RFC's examples.
        ("text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c", "text/html"),
        ("application/json; q=0.2, text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, */*;q=0.5", "text/plain"),
        ("text/*;q=0.3, text/plain;q=0.2, text/plain;format=flowed, */*;q=0.5", "application/json"),
        # Quality, then how closely a range names the type, then the order of the field, then of the offer.
        ("text/html;q=0.8, text/plain;q=0.9", "text/plain"),
        ("text/*, application/json", "application/json"),
        ("*/*, text/*", "text/html"),
        ("*/*, text/html;q=0.1, application/*", "application/json"),
        ("text/plain, text/markdown", "text/plain"),
        ("*/*", "text/html"),
        ("application/*, */*", "application/json"),
        # What is refused by name is not admitted by a wider range.
        ("text/html;q=0, */*;q=0.1", "application/json"),
        ("text/*;q=0, text/plain;q=0.001, application/json;q=0", "text/plain"),
        ("*/*;q=0", None),
        ("text/html;q=0, text/html;q=0.2", "text/html"),
        # Names are case-insensitive; q counts wherever it is.
        ("TEXT/Plain", "text/plain"),
        ("text/html;Q=0.1;charset=utf-8, text/plain;q=0.2", "text/plain"),
        # What is no quality value counts as 1.
        ("text/plain;q=nonsense, text/html;q=0.9", "text/plain"),
        ("text/plain;q=2, text/html;q=0.9", "text/plain"),
        ("text/plain;q=-1, text/html;q=0.9", "text/plain"),
        # Nothing said, nothing that is a range, nothing that is offered.
        ("", "text/html"),
        (" ", "text/html"),
        (",", None),
        ("*", None),
        ("text", None),
        ("text/", None),
        ("/html", None),
        ("text/htm", None),
        ("text/htmlx", None),
        ("application/problem+json", None),
    ],
)
def test_the_preferred_type(accept, preferred):
    assert preferred_type(accept, OFFERED) == preferred


@pytest.mark.parametrize(
    ("accept", "preferred"),
    [
        ("application/json; charset=UTF-8", "application/json"),
        ("application/json;charset=utf8", "application/json"),
        ("text/html;charset=iso-8859-1", "text/html"),
        ('text/html;charset="utf-8"', "text/html"),
        ("text/markdown; variant=CommonMark", "text/markdown"),
        ("text/html;level=1", "text/html"),
        ('application/json;profile="a, b"', "application/json"),
        ("text/*;charset=utf-8, application/json;q=0.9", "text/html"),
        # They make no type more wanted than another one that is named,
        ("text/html, application/json;charset=utf-8", "text/html"),
        ("application/json;charset=utf-8, text/html", "application/json"),
        ("application/json;charset=utf-8, */*;q=0.9", "application/json"),
        # but a range without them is the closer one.
        ("text/html;level=1, text/html;q=0.2, text/plain;q=0.3", "text/plain"),
        ("text/html;q=0.2, text/html;level=1, text/plain;q=0.3", "text/plain"),
        ("text/html;level=1;q=0.1, text/html;level=2;q=0.4, text/plain;q=0.3", "text/html"),
        # One that rules out a variant does not rule out the type.
        ("text/html;level=1;q=0, text/html;q=0.2", "text/html"),
        ("text/html;level=1;q=0, */*;q=0.2", "text/html"),
        ("text/html;level=1;q=0", None),
        # An encoding that does not exist spoils only its own range.
        ("application/json; x*=no-such-encoding'en'x", None),
        ("application/json; x*=no-such-encoding'en'x, text/plain", "text/plain"),
    ],
)
def test_parameters_other_than_q_exclude_no_type(accept, preferred):
    assert preferred_type(accept, OFFERED) == preferred


def test_only_what_is_offered_is_chosen():
    assert preferred_type("text/plain, text/csv;q=0.9", ("text/html", "text/csv")) == "text/csv"
    assert preferred_type("*/*", ("text/csv", "text/html")) == "text/csv"


def test_a_value_that_is_too_long_is_not_parsed():
    accept = "application/json," * 100

    assert preferred_type(accept[:MAX_LENGTH], OFFERED) == "application/json"
    assert preferred_type(accept[: MAX_LENGTH + 1], OFFERED) is None
