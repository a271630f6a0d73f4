import pytest
from django.db import connection


@pytest.fixture(scope="module", autouse=True)
def rows_of_rolled_back_tests(django_db_setup, django_db_blocker):
    """Remove what these tests wrote by the thousand: PostgreSQL would read over it in every later test."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
