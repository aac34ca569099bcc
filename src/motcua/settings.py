"""Settings. What differs between a commune, a province and the nation comes from the environment.

MOTCUA_DATA      folder of the database, the files and the secret (default: ./data)
MOTCUA_DATABASE  postgresql://user:password@host:port/name (default: SQLite inside MOTCUA_DATA)
MOTCUA_HOSTS     host names to answer for, separated by commas (default: this machine only)
MOTCUA_TLS       1 when a TLS proxy stands in front
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.functional import SimpleLazyObject

ROOT = Path(__file__).resolve().parent
DATA = Path(os.environ.get("MOTCUA_DATA") or "data").resolve()
FILES = DATA / "files"


def _secret() -> str:
    """A key of this installation, made once and readable by its owner only."""
    given = os.environ.get("MOTCUA_SECRET")
    if given:
        return given
    path = DATA / "secret"
    if not path.exists():
        DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str) -> dict:
    if not url:
        return {
            "ENGINE": "motcua.web.sqlite3",
            "NAME": DATA / "motcua.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
    }


SECRET_KEY = SimpleLazyObject(_secret)  # made when first needed, not when refused
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": _database(os.environ.get("MOTCUA_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "motcua.web",
    "motcua.journal",
    "motcua.people",
    "motcua.papers",
    "motcua.procedures",
    "motcua.dossiers",
    "motcua.surveys",
    "motcua.registers",
    "motcua.desk",
    "motcua.setup",
    "motcua.report",
    "motcua.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.middleware.policy",
    "motcua.web.intake.intake",
    "motcua.web.languages.language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.web.intake.plain_text",
    "motcua.web.middleware.refusals",
    "motcua.people.middleware.scope",
]
ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "motcua.web.context.frame",
                "motcua.web.flash.done",
            ],
            "builtins": [
                "motcua.web.templatetags.ui",
                "motcua.web.templatetags.side",
                "django.templatetags.i18n",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["motcua.people.login.OfficerBackend"]
LOGIN_URL = "dang-nhap"
LOGIN_REDIRECT_URL = "hom-nay"
LOGOUT_REDIRECT_URL = "dang-nhap"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "motcua.people.session_store"
SESSION_COOKIE_AGE = 24 * 3600  # known so long; motcua.people.sessions ends it much sooner
CSRF_FAILURE_VIEW = "motcua.people.typed.stale"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
_tls = os.environ.get("MOTCUA_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _tls
BEHIND_PROXY = _tls  # then X-Forwarded-For says where a request comes from
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _tls else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _tls else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SCAN_BODY_LIMIT_BYTES = 65 * 1024 * 1024
SCAN_PATH_END = "/ban-quet"
TABLE_BODY_LIMIT_BYTES = 13 * 1024 * 1024
TABLE_PATH = "/thiet-lap/so-du"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024 + 512 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
