"""The Markdown parser for all representations: CommonMark without HTML and images."""

from markdown_it import MarkdownIt

PARSER = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).disable("image")
