"""The parts of addresses. All of them are ASCII: `\\d` would also match ４０４."""

from django.urls.converters import IntConverter


class Number:
    """A status code: three digits, 000 to 999."""

    regex = "[0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:03d}"


class Name:
    """A phrase or a constant, in any spelling: with at least one letter, without a full stop (it starts a suffix)."""

    regex = r"(?=[^/]*[A-Za-z])[A-Za-z0-9 _()'+!,:-]{2,100}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ClassDigit:
    """A class: `4xx`."""

    regex = "[1-5]xx"

    def to_python(self, value: str) -> int:
        return int(value[0])

    def to_url(self, value: int) -> str:
        return f"{value}xx"


class SubcodeNumber(IntConverter):
    """A sub-code, without leading zeros."""

    regex = "0|[1-9][0-9]{0,8}"


class RFCNumber(IntConverter):
    """The number of an RFC, without leading zeros: up to five digits."""

    regex = "[1-9][0-9]{0,4}"
