"""The words that people read for the values of the vocabularies."""

from __future__ import annotations

from typing import Any

from codes.models import RFC, StatusCode, Vendor
from codes.models.properties import Answer, Question

_LABELS: dict[str, dict[Any, Any]] = {
    "registration": {
        **dict(StatusCode.Registration.choices),
        "unassigned": "Unassigned",
        "outside": "Outside HTTP’s range",
    },
    # Of a meaning: the number is in use, if not in the registry.
    "listing": {
        **dict(StatusCode.Registration.choices),
        "unassigned": "Not registered",
        "outside": "Outside HTTP’s range",
    },
    "state": dict(StatusCode.State.choices),
    "arises_at": dict(StatusCode.ArisesAt.choices),
    "property": dict(Question.choices),
    "answer": {**dict(Answer.choices), True: "Yes", False: "No", None: "Not recorded yet"},
    "rfc_status": dict(RFC.Status.choices),
    "vendor_kind": dict(Vendor.Kind.choices),
}
# What stands in the rows of a comparison: the name of each fact, and the words for its values.
_FACTS = {
    "registration": ("In the registry", {**_LABELS["registration"], "": "No: a vendor’s own meaning"}),
    "state": ("In use", _LABELS["state"]),
    "on_the_wire": ("Stands in responses", {True: "Yes", False: "Never: in logs only, or made up by the client"}),
    "arises_at": ("Arises at", {**_LABELS["arises_at"], None: "Not recorded yet"}),
    **{name: (words, {**_LABELS["answer"], None: "No specification known"}) for name, words in Question.choices},
}


def label(value: object, vocabulary: str) -> str:
    """The word that people read for a value of a vocabulary: `registration`, `state`, `property` …"""
    return _LABELS[vocabulary][value]


def fact_name(name: str) -> str:
    """What a fact is called at the head of its row."""
    return _FACTS[name][0]


def fact_value(value: object, name: str) -> str:
    """The words for a fact’s value."""
    return _FACTS[name][1][value]
