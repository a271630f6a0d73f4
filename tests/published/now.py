"""What is public now."""

import re

from codes.models import Constant, FormerPhrase, StatusCode
from codes.publishing import addresses
from codes.search.aliases import alias_key

# Beside those that the content makes.
OTHER_ADDRESSES = {"/schema.json", "/healthz", "/readyz", "/suggest", "/try/503", "/codes/404"}
# Pages that carry, together, every id.
PAGES_WITH_HEADINGS = [
    *("/", "/about", "/api", "/codes", "/classes", "/classes/4xx", "/rfcs", "/rfcs/2616", "/vendors", "/headers"),
    *("/vendors/nginx", "/headers/retry-after", "/headers/www-authenticate", "/headers/content-length"),
    *("/100", "/103", "/308", "/404", "/405", "/413", "/427", "/449", "/499", "/499/nginx", "/403/iis"),
    *("/403/iis/14", "/449/exchange-activesync", "/compare", "/compare/404,410", "/choose"),
]


def addresses_now():
    return {*addresses.every(), *OTHER_ADDRESSES}


def names_now():
    """The names that are addresses, in one spelling each, with the numbers that bear them."""
    found = {}
    for name, number in (
        *StatusCode.objects.values_list("phrase", "number"),
        *FormerPhrase.objects.values_list("phrase", "code__number"),
        *Constant.objects.values_list("name", "code__number"),
    ):
        if len(key := alias_key(name)) > 1:
            spelling = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
            spellings, numbers = found.setdefault(key, (set(), set()))
            spellings.add(spelling)
            numbers.add(f"{number:03d}")
    return {f"/{max(spellings, key=lambda each: (len(each), each))}": numbers for spellings, numbers in found.values()}


def headings_now(response):
    return set(re.findall(r'<(?:h[1-6]|section)\b[^>]*\sid="([^"]+)"', response.content.decode()))
