"""Settings. What an installation may choose comes from the environment; README.md lists it."""

from pathlib import Path

from statusdocs import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What an installation chooses ---

PORT = environment.port("PORT", default="8000")
ORIGIN = environment.origin("STATUSDOCS_ORIGIN", default=f"http://127.0.0.1:{PORT}")
DATA_DIR = environment.folder("STATUSDOCS_DATA", default=BASE_DIR / "var")
SECRET_KEY = environment.secret_key("STATUSDOCS_SECRET_KEY", folder=DATA_DIR)
DATABASES = {"default": environment.database("DATABASE_URL", default=DATA_DIR / "statusdocs.sqlite3")}
DEBUG = environment.switch("STATUSDOCS_DEBUG", default="off")
REPORT_URL = environment.link("STATUSDOCS_REPORT_URL")
TRY = environment.switch("STATUSDOCS_TRY", default="on")
# The Makefile hands it to the server; here it is only checked.
environment.switch("STATUSDOCS_REQUEST_LOG", default="off")
# While developing, templates change under the pages.
PAGE_CACHE = environment.switch("STATUSDOCS_FINISHED_PAGES", default="off" if DEBUG else "on")

_SCHEME, _, _NETLOC = ORIGIN.partition("://")
_HOST = _NETLOC if _NETLOC.endswith("]") else _NETLOC.rsplit(":", 1)[0]
HTTPS = _SCHEME == "https"

# A site on this machine is reached by all of its names.
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = _LOOPBACK if _HOST in _LOOPBACK else [_HOST]

# --- Parts ---

INSTALLED_APPS = [
    "codes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
]

# Outermost first: headers for every response, then what changes the response, then sessions and authentication.
MIDDLEWARE = [
    "statusdocs.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "statusdocs.middleware.AllowedHost",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "statusdocs.middleware.ConditionalGet",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "statusdocs.middleware.EntityTag",
    "statusdocs.middleware.ContentLength",
    "statusdocs.middleware.NoTrailingSlash",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "statusdocs.urls"
WSGI_APPLICATION = "statusdocs.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # The admin needs these three; public templates use none of them.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Page cache ---

# Where `statusdocs.page_cache` learns which pages there are, and when they change.
PAGE_CACHE_SOURCES = {
    "addresses": "codes.publishing.addresses.every",
    "content_state": "codes.content.state.content_state",
}

# --- Data ---

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Language and time ---

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files ---

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Security ---

# One policy for every answer; nothing on the site needs inline script or style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# Where the site is public over HTTPS a proxy in front ends TLS and says so in X-Forwarded-Proto.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ORIGIN]
CSRF_FAILURE_VIEW = "codes.views.errors.forbidden"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for other hosts below this one is not ours to promise
    "security.W008",  # the proxy that ends TLS redirects
    "security.W021",  # the preload list is for the owner of the domain to choose
]

# --- Logs ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        # Failures that somebody asked for.
        "not_tried": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: not record.request.path.startswith("/try/"),
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Every unknown address would be a line.
        "django.request": {
            "handlers": ["console"],
            "filters": ["not_tried"],
            "level": "ERROR",
            "propagate": False,
        },
        # What a stranger can cause at will must not fill the disk.
        "django.security": {"handlers": [], "propagate": False},
    },
}
