"""The admin for curators: one module per group of models, fieldsets in the order of the work."""

from django.contrib import admin

from codes.admin import catalogue, codes, comparisons, decision_tree, parts

__all__ = ["catalogue", "codes", "comparisons", "decision_tree", "parts"]

admin.site.site_header = "statusdocs: curation"
admin.site.site_title = "statusdocs"
admin.site.index_title = "Content"
