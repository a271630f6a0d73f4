"""The home page, the page about the site, and the health checks."""

from functools import cache
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

from codes.documents import responses
from codes.documents.describe import describe_cell, describe_class_cells, describe_registry
from codes.documents.descriptions import RegistryCheck
from codes.models import Registry, StatusClass, StatusCode, Vendor


def home(request: HttpRequest) -> HttpResponse:
    """Search, and every number at a glance."""
    keys = StatusCode.objects.values_list("number", "pk")
    keys_by_number = {number: [key for _, key in group] for number, group in groupby(keys, key=itemgetter(0))}
    # The map shows the first meaning of a number, and how many others there are.
    firsts = StatusCode.objects.filter(pk__in=[first for first, *_ in keys_by_number.values()]).for_list()
    cells = [describe_cell(code, others=len(keys_by_number[code.number]) - 1) for code in firsts]
    return responses.page(
        "home.html",
        classes=[
            describe_class_cells(
                status_class, [cell for cell in cells if cell.first.number // 100 == status_class.digit]
            )
            for status_class in StatusClass.objects.all()
        ],
        outside=[cell for cell in cells if not 100 <= cell.first.number <= 599],
        registry=_registry(),
    )


def about(request: HttpRequest) -> HttpResponse:
    """What the site is, when the registry was last checked, and where to report a mistake."""
    return responses.page(
        "about.html",
        registry=_registry(),
        code_count=StatusCode.objects.count(),
        registered_count=StatusCode.objects.registered().count(),
        vendor_count=Vendor.objects.count(),
        report_url=settings.REPORT_URL,
    )


def _registry() -> RegistryCheck | None:
    registry = Registry.objects.first()
    return describe_registry(registry) if registry else None


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process is up."""
    return _plain(200, "ok")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the site is ready: database available, migrations applied, content loaded."""
    try:
        if not _newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
            return _plain(503, "migrations are missing: run manage.py migrate")
        if not StatusCode.objects.exists():
            return _plain(503, "there is no content: run manage.py load_content")
    except DatabaseError:
        return _plain(503, "the database is not responding: check DATABASE_URL")
    return _plain(200, "ok")


@cache
def _newest_migrations() -> set[tuple[str, str]]:
    """The last migration of each app in this release, which depends on all others."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def _plain(status: int, text: str) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
