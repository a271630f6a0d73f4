"""The content as relational models, one module per concept. The parts of a status code refer to it by `code`."""

from codes.models.classes import StatusClass
from codes.models.codes import StatusCode
from codes.models.comparisons import Comparison
from codes.models.constants import Constant, Library
from codes.models.content_state import ContentState
from codes.models.decision_tree import Option, Step
from codes.models.definitions import Definition
from codes.models.examples import Example
from codes.models.former_phrases import FormerPhrase
from codes.models.headers import HeaderField, HeaderRule
from codes.models.keywords import Keyword
from codes.models.properties import Property
from codes.models.registry import Registry
from codes.models.rfcs import RFC
from codes.models.see_also import SeeAlso
from codes.models.sources import Source
from codes.models.subcodes import Subcode
from codes.models.vendors import Vendor

__all__ = [
    "RFC",
    "Comparison",
    "Constant",
    "ContentState",
    "Definition",
    "Example",
    "FormerPhrase",
    "HeaderField",
    "HeaderRule",
    "Keyword",
    "Library",
    "Option",
    "Property",
    "Registry",
    "SeeAlso",
    "Source",
    "StatusClass",
    "StatusCode",
    "Step",
    "Subcode",
    "Vendor",
]
