"""Django's settings, read from the environment; the defaults suit one machine and no domain."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from leitai.base import paths
from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring

ROOT = Path(__file__).resolve().parents[1]
DEBUG = os.environ.get("LEITAI_DEBUG") == "1"


def _secret() -> str:
    """The web secret is one of the keys; a process without keys (checks, builds) makes its own."""
    try:
        return Keyring.load(paths.keys()).current("web").secret.hex()
    except DomainError:
        return secrets.token_urlsafe(48)


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("LEITAI_HOSTS", "127.0.0.1,localhost,testserver").split(",")
LEITAI_PUBLIC_URL = os.environ.get("LEITAI_PUBLIC_URL", "http://127.0.0.1:8000")
LEITAI_LANE_URL = os.environ.get("LEITAI_LANE_URL", "http://127.0.0.1:8001")
LEITAI_FILES = paths.files()
LEITAI_FONTS = os.environ.get("LEITAI_FONTS", "")  # a folder of further fonts for rare characters
LEITAI_KEYS = paths.keys()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_vite",
    "leitai.people",  # before allauth: its templates stand in our look
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "leitai.base",
    "leitai.design",
    "leitai.ledger",
    "leitai.units",
    "leitai.bank",
    "leitai.seasons",
    "leitai.sittings",
    "leitai.marking",
    "leitai.results",
    "leitai.certificates",
    "leitai.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leitai.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leitai.web.middleware.PolicyMiddleware",
    "leitai.web.middleware.ErrorMiddleware",
]
ROOT_URLCONF = "leitai.web.urls"
WSGI_APPLICATION = "leitai.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leitai.web.context.house",
            ],
        },
    },
]


def _database() -> dict[str, object]:
    """From LEITAI_DATABASE_URL, which the command line sets after starting the embedded one."""
    url = urlsplit(os.environ.get("LEITAI_DATABASE_URL", "postgresql://leitai@127.0.0.1:1/leitai"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname,
        "PORT": url.port or 5432,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 6, "timeout": 10}},
        "TEST": {"NAME": f"test_leitai_{os.getpid()}", "TEMPLATE": "template0"},
    }


DATABASES = {"default": _database()}
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["leitai.people.hashers.MinimumArgon2"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:front"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "leitai.people.adapters.RosterAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
DIST = ROOT / "design" / "dist"
STATICFILES_DIRS = [DIST] if DIST.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The build's file names carry their own hashes, so whitenoise serves the folders as they are.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[-.][A-Za-z0-9_-]{8,}\.(js|css|svg|woff2)$"
DJANGO_VITE = {"default": {"manifest_path": DIST / "manifest.json"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = LEITAI_PUBLIC_URL.startswith("https")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_TRUSTED_ORIGINS = [LEITAI_PUBLIC_URL]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LEITAI_LOG", "WARNING")},
}
