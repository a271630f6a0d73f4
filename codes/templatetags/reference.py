"""Filters and tags that templates need to write descriptions as HTML."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import nh3
from django import template
from django.conf import settings
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe

from codes.documents import json_ld
from codes.documents.commonmark import PARSER
from codes.documents.describe import absolute
from codes.documents.descriptions import Citation, Definition, Number
from codes.documents.labels import label
from codes.drawings.timeline import Timeline, draw_timeline
from codes.models.rfcs import section_url

register = template.Library()
register.filter("absolute", absolute)

# nh3 lets only these tags through, whatever the renderer produced.
_TAGS = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br"}
# “RFC 9110 §15.5.5”, “RFC 9110”.
_RFC = re.compile(r"RFC\s+(?P<rfc>[1-9][0-9]{2,4})(?:\s+§(?P<section>[0-9A-Z]+(?:\.[0-9]+)*))?(?![0-9])")
_INSIDE_LINK_OR_CODE = re.compile(r"(<a\b.*?</a>|<code>.*?</code>|<[^>]+>)", re.DOTALL)


@register.filter
@stringfilter
@lru_cache(maxsize=4096)
def markdown(text: str) -> SafeString:
    """Markdown as safe HTML; mentions of RFCs become links."""
    html = nh3.clean(PARSER.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"})
    pieces = _INSIDE_LINK_OR_CODE.split(html)
    # Every second piece is markup.
    pieces[::2] = [_RFC.sub(_link_rfc, piece) for piece in pieces[::2]]
    # Cleaned by nh3; only digits were added since.
    return mark_safe("".join(pieces))  # noqa: S308


def _link_rfc(match: re.Match[str]) -> str:
    # The mention may be broken over two lines; a link keeps it together.
    words = "\u00a0".join(match[0].split())
    href = section_url(rfc=int(match["rfc"]), draft="", section=match["section"] or "")
    return f'<a class="citation" href="{href}">{words}</a>'


@register.simple_block_tag
def repeatable(content: SafeString) -> SafeString:
    """The content of a block, for reuse (`as page_title`): a block can occur in a template only once."""
    return content


@register.filter
def number(value: int) -> str:
    """A status code as three digits."""
    return f"{value:03d}"


@register.filter
def path(url: str) -> str:
    """The path of an address of this site, so that readers stay on the host they came to."""
    return url.removeprefix(settings.ORIGIN)


register.filter(label)


@register.simple_tag
def section_link(source: Citation) -> str:
    """The address of a cited section."""
    return section_url(rfc=source.rfc, draft=source.draft or "", section=source.section)


@register.inclusion_tag("codes/_timeline.html")
def timeline(definitions: list[Definition]) -> dict[str, Timeline | None]:
    """The timeline of a meaning's definitions."""
    return {"drawing": draw_timeline(definitions)}


@register.simple_tag
def website_data() -> SafeString:
    """Structured data about the site, for search engines."""
    return _json_ld(json_ld.website())


@register.simple_tag
def term_data(document: Number) -> SafeString:
    """Structured data about the meanings of a number, for search engines."""
    return _json_ld(json_ld.terms(document))


# JSON escapes, so that nothing can end the script element (HTML Standard section 4.12.1.3).
_IN_SCRIPT = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


def _json_ld(data: json_ld.JSONObject) -> SafeString:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    # A script of this type is data, which browsers do not run. What could end the element is escaped.
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308
