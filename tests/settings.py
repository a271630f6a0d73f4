"""The site's settings, with static files as they lie in the tree: nobody collected them for the tests."""

from statusdocs.settings import *  # noqa: F403
from statusdocs.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# Each client of a test has an application of its own, which would look at every static file when it starts.
WHITENOISE_AUTOREFRESH = True
# Hashing is slow on purpose; the passwords of tests keep nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
