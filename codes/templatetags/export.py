"""Filters for the templates of server configurations."""

from django import template

register = template.Library()


@register.filter
def quoted(value: str) -> str:
    """A value in double quotes, as nginx and Caddy read it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@register.filter
def variable(name: str) -> str:
    """The name of a header field as a variable name."""
    return name.lower().replace("-", "_")
