"""What the settings of servers need to be written from a template."""

from django import template

register = template.Library()


@register.filter
def quoted(value: str) -> str:
    """A value as nginx and Caddy both read it: in double quotes."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@register.filter
def variable(name: str) -> str:
    """The name of a header field as that of a variable."""
    return name.lower().replace("-", "_")
