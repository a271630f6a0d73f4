"""The editor's desk: one module a kind of thing, fieldsets in the order in which an editor thinks."""

from django.contrib import admin

from codes.admin import catalogue, choosing, codes, comparisons, parts

__all__ = ["catalogue", "choosing", "codes", "comparisons", "parts"]

admin.site.site_header = "statusdocs: curation"
admin.site.site_title = "statusdocs"
admin.site.index_title = "Content"
