"""The words that people read for the values of the vocabularies."""

from __future__ import annotations

from codes.models import RFC, StatusCode, Vendor
from codes.models.properties import Answer, Question

_LABELS: dict[str, dict[object, str]] = {
    # Of a number; empty for a vendor's meaning.
    "registration": {
        **dict(StatusCode.Registration.choices),
        "unassigned": "Unassigned",
        "outside": "Outside HTTP’s range",
        "": "No: a vendor’s own meaning",
    },
    # Of a meaning: the number is in use, if not in the registry.
    "listing": {
        **dict(StatusCode.Registration.choices),
        "unassigned": "Not registered",
        "outside": "Outside HTTP’s range",
    },
    "state": dict(StatusCode.State.choices),
    "on_the_wire": {True: "Yes", False: "Never: in logs only, or made up by the client"},
    "arises_at": {**dict(StatusCode.ArisesAt.choices), None: "Not recorded yet"},
    "property": dict(Question.choices),
    "answer": {**dict(Answer.choices), True: "Yes", False: "No", None: "No specification known"},
    "rfc_status": dict(RFC.Status.choices),
    "vendor_kind": dict(Vendor.Kind.choices),
    # The rows of a comparison.
    "fact": {
        "registration": "In the registry",
        "state": "In use",
        "on_the_wire": "Stands in responses",
        "arises_at": "Arises at",
        **dict(Question.choices),
    },
}


def label(value: object, vocabulary: str) -> str:
    """The word that people read for a value of a vocabulary: `registration`, `state`, `property` …"""
    return _LABELS[vocabulary][value]
