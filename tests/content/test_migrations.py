"""What migrations do to content that is there already."""

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor


@pytest.fixture
def migrate(django_db_blocker):
    """Migrates an empty database of its own to a migration of the reference, and gives the models of that state."""
    alias = "migrations"
    connections.settings[alias] = {
        **connections.settings[DEFAULT_DB_ALIAS],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }

    def to(name):
        executor = MigrationExecutor(connections[alias])
        executor.migrate([("codes", name)])
        return executor.loader.project_state([("codes", name)]).apps

    with django_db_blocker.unblock():
        yield to
        connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def test_of_several_usual_meanings_the_first_stays_and_none_where_the_registry_has_the_number(migrate):
    apps = migrate("0005_choosing")
    codes = apps.get_model("codes", "StatusCode").objects.using("migrations")
    digit = apps.get_model("codes", "StatusClass").objects.using("migrations").create(digit=4, name="Client Error")
    vendors = apps.get_model("codes", "Vendor").objects.using("migrations")
    # Their ids are in another order than their slugs.
    nginx, arcgis, cpanel = [vendors.create(slug=slug, name=slug) for slug in ("nginx", "arcgis", "cpanel")]
    for number, vendor, usual in [
        *((499, nginx, True), (499, arcgis, True), (499, cpanel, True)),
        *((498, nginx, True), (498, arcgis, False)),
        *((404, None, True), (404, nginx, True)),
        *((497, None, False), (497, nginx, True)),
    ]:
        registration = "" if vendor else "registered"
        codes.create(
            number=number, vendor=vendor, usual=usual, status_class=digit, registration=registration, phrase="A"
        )

    migrate("0007_one_usual_meaning")

    assert set(codes.filter(usual=True).values_list("number", "vendor__slug")) == {(499, "arcgis"), (498, "nginx")}
