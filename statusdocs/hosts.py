"""The hosts that the site answers for, for what is in front of Django."""

from functools import lru_cache

from django.conf import settings
from django.http.request import split_domain_port, validate_host


@lru_cache(maxsize=256)
def is_allowed_host(host: str) -> bool:
    """Whether Django would accept a value of Host. Requests that it would refuse are left to Django."""
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
