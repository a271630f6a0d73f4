"""The root URL configuration."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon on pages that name none: the admin's, and documents."""
    return redirect(static("favicon.svg"))


urlpatterns = [
    path("favicon.ico", favicon),
    path("admin", RedirectView.as_view(pattern_name="admin:index", query_string=True, permanent=True)),
    path("admin/", admin.site.urls),
    path("", include("codes.urls")),
]

handler400 = "codes.views.errors.bad_request"
handler404 = "codes.views.errors.not_found"
handler500 = "codes.views.errors.server_error"
