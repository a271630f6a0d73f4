"""The layout does not depend on which fonts there are: every type of page with the fonts of one package alone."""

import os
from pathlib import Path

import pytest

from tests.page_types import EVERY

pytestmark = [pytest.mark.browser, pytest.mark.fonts]

# Families with fontconfig's number for their width: the condensed faces of DejaVu belong to its normal family.
# Of Liberation, fontconfig takes the monospaced face as the system's own font, so that texts are very wide.
NORMAL, CONDENSED = 100, 75
FONTS = {
    "DejaVu": {"DejaVu Sans": NORMAL, "DejaVu Sans Mono": NORMAL},
    "Liberation": {"Liberation Sans": NORMAL, "Liberation Mono": NORMAL},
    "Liberation Narrow": {"Liberation Sans Narrow": CONDENSED},
}
WIDTHS = (320, 768, 1280)

PATTERN = """
      <pattern>
        <patelt name="family"><string>{family}</string></patelt>
        <patelt name="width"><int>{width}</int></patelt>
      </pattern>"""
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  <selectfont>
    <acceptfont>{accepted}
    </acceptfont>
    <rejectfont>
      <pattern><patelt name="scalable"><bool>true</bool></patelt></pattern>
      <pattern><patelt name="scalable"><bool>false</bool></patelt></pattern>
    </rejectfont>
  </selectfont>
</fontconfig>
"""

# A style element would be refused by the site's policy.
ADD_STYLE = """style => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
}"""
FIND_FAULTS = (Path(__file__).parent / "layout_faults.js").read_text()


def families_used(page):
    """The families that the texts of a page are set in, as the renderer says."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    document = devtools.send("DOM.getDocument")["root"]["nodeId"]
    elements = devtools.send("DOM.querySelectorAll", {"nodeId": document, "selector": "body *"})["nodeIds"]
    fonts = [devtools.send("CSS.getPlatformFontsForNode", {"nodeId": element})["fonts"] for element in elements]
    devtools.detach()
    return {font["familyName"] for of_element in fonts for font in of_element}


@pytest.fixture(scope="module", params=FONTS)
def page(request, launch_chromium, site, tmp_path_factory):
    """A page of a browser that finds the fonts of one package only."""
    families = FONTS[request.param]
    accepted = "".join(PATTERN.format(family=family, width=width) for family, width in families.items())
    configuration = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    configuration.write_text(CONFIGURATION.format(accepted=accepted))
    browser = launch_chromium(env={**os.environ, "FONTCONFIG_FILE": str(configuration)})
    page = browser.new_page(base_url=site.url)
    page.goto("/404")
    assert families_used(page) == set(families)
    yield page
    browser.close()


@pytest.mark.parametrize("path", EVERY)
def test_no_layout_depends_on_the_fonts_there_are(page, path):
    page.goto(path)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(FIND_FAULTS) == [], width


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("main { min-width: 1400px }", "The page is"),
        (".hero-number { overflow-wrap: anywhere; width: 1em; min-width: 0 }", "The big number is"),
        (".lead { width: 1em }", "is broken in"),
        (".registration { width: 3em; white-space: nowrap }", "sticks out of"),
        (".lead { margin-top: -2em }", "lies over"),
    ],
)
def test_every_kind_of_fault_is_found(page, style, fault):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/404")
    page.evaluate(ADD_STYLE, style)

    assert any(fault in found for found in page.evaluate(FIND_FAULTS))


@pytest.mark.parametrize(("width", "at_least"), [(320, 100), (640, 200), (1280, 240)])
def test_the_search_field_has_room_beside_the_navigation(page, width, at_least):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/404")

    assert page.get_by_role("combobox", name="Search codes").bounding_box()["width"] >= at_least
