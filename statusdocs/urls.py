"""Where the parts are mounted."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("codes.urls")),
]

handler400 = "codes.views.errors.bad_request"
handler404 = "codes.views.errors.not_found"
handler500 = "codes.views.errors.server_error"
