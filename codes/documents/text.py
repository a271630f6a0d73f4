"""Markdown as plain text that fits a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from django.conf import settings
from markdown_it.tree import SyntaxTreeNode

from codes.documents.commonmark import PARSER

COLUMNS = 80

_UNDERLINES = {"h1": "=", "h2": "-", "h3": "~"}
# The text of a link to one of these identifies it already: a code, or a document with its section.
_NAMED_IN_WORDS = ("https://www.rfc-editor.org/rfc/", "https://datatracker.ietf.org/doc/html/")


def plain(markdown: str) -> str:
    """Markdown without its markup, in lines of at most 80 columns; only longer addresses are kept whole."""
    return _blocks(SyntaxTreeNode(PARSER.parse(markdown)), COLUMNS) + "\n"


def _blocks(node: SyntaxTreeNode, columns: int) -> str:
    return _between(node.children).join(_block(child, columns) for child in node.children)


def _between(blocks: Iterable[SyntaxTreeNode]) -> str:
    """The separator of blocks: tight lists have hidden paragraphs."""
    return "\n" if any(block.hidden for block in blocks if block.type == "paragraph") else "\n\n"


def _block(node: SyntaxTreeNode, columns: int) -> str:
    if node.type == "heading":
        text = _wrapped(_words(node), columns)
        underline = _UNDERLINES.get(node.tag)
        return f"{text}\n{underline * max(map(len, text.splitlines()), default=0)}" if underline else text
    if node.type in ("bullet_list", "ordered_list"):
        return _items(node, columns)
    if node.type in ("fence", "code_block"):
        return "\n".join(_folded(line, columns) for line in node.content.splitlines())
    if node.type == "blockquote":
        return textwrap.indent(_blocks(node, columns - 2), "  ")
    return _wrapped(_words(node), columns)


def _items(node: SyntaxTreeNode, columns: int) -> str:
    items = []
    for position, item in enumerate(node.children, start=int(node.attrs.get("start", 1))):
        mark = "- " if node.type == "bullet_list" else f"{position}. "
        text = textwrap.indent(_blocks(item, columns - len(mark)), " " * len(mark))
        items.append(mark + text[len(mark) :])
    return _between(block for item in node.children for block in item.children).join(items)


def _folded(line: str, columns: int) -> str:
    """A line of code, indented; the continuation of a long line is indented further."""
    return textwrap.fill(
        line,
        columns,
        initial_indent="    ",
        subsequent_indent="        ",
        break_on_hyphens=False,
        drop_whitespace=False,
        expand_tabs=False,
        replace_whitespace=False,
    )


def _wrapped(text: str, columns: int) -> str:
    return "\n".join(
        textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
    )


def _words(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    words = "".join(map(_words, node.children))
    return _with_address(words, node) if node.type == "link" else words


def _with_address(words: str, link: SyntaxTreeNode) -> str:
    address = str(link.attrs["href"])
    if link.info == "auto":
        return address
    return words if address.startswith(("/", settings.ORIGIN, *_NAMED_IN_WORDS)) else f"{words} <{address}>"
