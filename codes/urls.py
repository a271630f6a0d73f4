"""Every public address. Addresses are permanent: one that was ever public keeps working."""

from django.urls import URLPattern, path, register_converter

from codes import converters
from codes.documents.representations import CSV, SUFFIXES
from codes.views import (
    api,
    cards,
    catalogue,
    choose,
    code_list,
    compare,
    discovery,
    names,
    numbers,
    site,
    suggestions,
    try_status,
)
from codes.views.documents import View, in_representation, negotiated
from codes.views.methods import readable

register_converter(converters.Number, "number")
register_converter(converters.Name, "name")
register_converter(converters.ClassDigit, "class")
register_converter(converters.RFCNumber, "rfc")
register_converter(converters.SubcodeNumber, "subcode")


def page(route: str, view: View, name: str) -> list[URLPattern]:
    """An address with a page only."""
    return [path(route, readable(view), name=name)]


def document(route: str, view: View, name: str, suffixes: tuple[str, ...] = SUFFIXES) -> list[URLPattern]:
    """An address with a page or the representation that `Accept` prefers, and with a suffix for each representation."""
    return [
        *page(route, negotiated(view, suffixes), name),
        *(
            path(f"{route}.{suffix}", readable(in_representation(suffix, view, suffixes)), name=f"{name}-{suffix}")
            for suffix in suffixes
        ),
    ]


urlpatterns = [
    # /
    *page("", site.home, "home"),
    # /404, /499/nginx, /403/iis/14
    *document("<number:number>", numbers.number, "number"),
    *document("<number:number>/<slug:vendor>", numbers.meaning, "meaning"),
    *page("<number:number>/<slug:vendor>/<subcode:subcode>", numbers.subcode, "subcode"),
    *page("<int:digits>", numbers.no_number, "no-number"),
    # /404.png, /card.png
    *page("<number:number>.png", cards.number_card, "number-card"),
    *page("card.png", cards.site_card, "site-card"),
    # /codes
    *document("codes", code_list.code_list, "code-list", (*SUFFIXES, CSV)),
    # /suggest?q=
    *page("suggest", suggestions.suggest, "suggest"),
    # /classes, /classes/4xx
    *document("classes", catalogue.class_list, "class-list"),
    *document("classes/<class:digit>", catalogue.class_detail, "class"),
    # /rfcs, /rfcs/9110
    *document("rfcs", catalogue.rfc_list, "rfc-list"),
    *document("rfcs/<rfc:number>", catalogue.rfc_detail, "rfc"),
    # /vendors, /vendors/nginx
    *document("vendors", catalogue.vendor_list, "vendor-list"),
    *document("vendors/<slug:slug>", catalogue.vendor_detail, "vendor"),
    # /headers, /headers/retry-after
    *document("headers", catalogue.header_list, "header-list"),
    *document("headers/<slug:slug>", catalogue.header_detail, "header"),
    # /try/503
    path("try/<number:number>", try_status.try_status, name="try"),
    # /compare, /compare/301,302, /compare/499:nginx,499:arcgis
    *page("compare", compare.comparison_list, "comparison-list"),
    *page("compare/<str:codes>", compare.comparison, "comparison"),
    # /choose, /choose/moved-for-good
    *page("choose", choose.choose, "choose"),
    *page("choose/<slug:slug>", choose.step, "step"),
    # /api, /schema.json, /openapi.json
    *page("api", api.api, "api"),
    *page("schema.json", api.json_schema, "json-schema"),
    *page("openapi.json", api.openapi, "openapi"),
    # /sitemap.xml, /robots.txt, /opensearch.xml, /llms.txt, /llms-full.txt
    *page("sitemap.xml", discovery.sitemap, "sitemap"),
    *page("robots.txt", discovery.robots, "robots"),
    *page("opensearch.xml", discovery.opensearch, "opensearch"),
    *page("llms.txt", discovery.llms, "llms"),
    *page("llms-full.txt", discovery.llms_full, "llms-full"),
    # /codes/404
    *page("codes/<number:number>", numbers.listed, "listed-number"),
    # /about, /healthz, /readyz
    *page("about", site.about, "about"),
    *page("healthz", site.healthz, "healthz"),
    *page("readyz", site.readyz, "readyz"),
    # /not-found, /404-not-found, /HTTP_404_NOT_FOUND; last, because it matches most other addresses
    *document("<name:name>", names.name, "name"),
]
