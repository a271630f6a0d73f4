"""Markdown in descriptions becomes HTML that is safe and linked."""

import pytest

from codes.templatetags.reference import markdown


def test_paragraphs_lists_code_and_links():
    assert markdown("One `Allow`.\n\n- [503](/503)") == (
        '<p>One <code>Allow</code>.</p>\n<ul>\n<li><a href="/503" rel="noopener noreferrer">503</a></li>\n</ul>\n'
    )


def test_an_rfc_becomes_a_link_to_its_section_also_across_a_line_end():
    expected = '<a class="citation" href="https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5">'

    assert f"{expected}RFC\u00a09110\u00a0§15.5.5</a>." in markdown("See RFC 9110 §15.5.5.")
    assert f"{expected}RFC\u00a09110\u00a0§15.5.5</a>" in markdown("See (RFC\n9110 §15.5.5).")
    assert "/rfc7231.html#appendix-B" in markdown("Since RFC 7231 §B.")
    assert 'href="https://www.rfc-editor.org/rfc/rfc6455.html"' in markdown("RFC 6455 defines it.")


def test_an_rfc_inside_code_or_a_link_is_left_alone():
    assert "<code>RFC 9110</code>" in markdown("`RFC 9110`")
    assert markdown("[RFC 9110 §15](/x)").count("<a ") == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a](https://example.org/x.png)",
        "<a href='javascript:alert(1)'>a</a>",
        '[a](/x "onmouseover=alert(1)")',
        "[a]: javascript:alert(1)\n\n[a]",
        "<svg/onload=alert(1)>",
        "`<script>`",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        '<https://example.org/"onclick=alert(1)>',
    ],
)
def test_nothing_live_gets_through(text):
    html = markdown(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html
    assert not any(f"<{tag} on" in html or '" on' in html for tag in ("a", "p"))
