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
from leitai.lane.live.settings import public_url
from leitai.messages import mailing
from leitai.people import outside_settings

ROOT = Path(__file__).resolve().parents[1]
DEBUG = os.environ.get("LEITAI_DEBUG") == "1"


def _secrets() -> list[str]:
    """The web secrets are keys, the newest first; a process without keys (checks) makes its own."""
    try:
        return [key.secret.hex() for key in Keyring.load(paths.keys()).all("web")[::-1]]
    except DomainError:
        return [secrets.token_urlsafe(48)]


SECRET_KEY, *SECRET_KEY_FALLBACKS = _secrets() or [secrets.token_urlsafe(48)]
ALLOWED_HOSTS = os.environ.get("LEITAI_HOSTS", "127.0.0.1,localhost,testserver").split(",")
LEITAI_PUBLIC_URL = os.environ.get("LEITAI_PUBLIC_URL", "http://127.0.0.1:8000")
LEITAI_LANE_URL = os.environ.get("LEITAI_LANE_URL", "http://127.0.0.1:8001")
LEITAI_STAGE_URL = os.environ.get("LEITAI_STAGE_URL") or public_url(LEITAI_LANE_URL, 1)
LEITAI_WATCH_URL = os.environ.get("LEITAI_WATCH_URL") or public_url(LEITAI_LANE_URL, 2)
LEITAI_FILES = paths.files()
LEITAI_CHECKPOINTS = paths.checkpoints()
LEITAI_OFFICERS = os.environ.get(
    "LEITAI_OFFICERS", ""
)  # a file instead of ledger/data/officers.toml
LEITAI_FONTS = os.environ.get("LEITAI_FONTS", "")  # a folder of further fonts for rare characters
LEITAI_ACCEL = os.environ.get("LEITAI_ACCEL") == "1"  # nginx sends the files itself
LEITAI_KEYS = paths.keys()
LEITAI_KEEP_MONTHS = int(
    os.environ.get("LEITAI_KEEP_MONTHS", "6")
)  # ID and bank data, after a season
LEITAI_QUIET = os.environ.get("LEITAI_QUIET", "22:00-08:00")  # nothing but the inbox in these hours
LEITAI_SMS = os.environ.get("LEITAI_SMS", "")  # file:PATH or package.module:Class, docs/ports.md
LEITAI_WECHAT = os.environ.get("LEITAI_WECHAT", "")
LEITAI_COMPLAINT_DAYS = os.environ.get("LEITAI_COMPLAINT_DAYS", "")  # instead of complaints.toml

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
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "leitai.base",
    "leitai.design",
    "leitai.ledger",
    "leitai.files",
    "leitai.units",
    "leitai.messages",
    "leitai.bank",
    "leitai.seasons",
    "leitai.orders",
    "leitai.registration",
    "leitai.sittings",
    "leitai.practice",
    "leitai.judging",
    "leitai.live",
    "leitai.marking",
    "leitai.lectures",
    "leitai.training",
    "leitai.duels",
    "leitai.results",
    "leitai.notices",
    "leitai.newsroom",
    "leitai.certificates",
    "leitai.paperwork",
    "leitai.insight",
    "leitai.api",
    "leitai.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "leitai.api.middleware.AnswerMiddleware",
    "leitai.web.middleware.NulMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leitai.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "leitai.people.middleware.IdleMiddleware",  # says why through the messages
    "leitai.people.middleware.PassMiddleware",
    "leitai.people.middleware.ConsentMiddleware",
    "leitai.people.second_step.SecondStepMiddleware",
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
AUTHENTICATION_BACKENDS = ["leitai.people.backends.LoginNameBackend"]
PASSWORD_HASHERS = ["leitai.people.hashers.MinimumArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "leitai.people.passwords.OwnDataValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:front"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "leitai.people.adapters.RosterAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "leitai.people.forms.signing.LoginForm"}
ACCOUNT_RATE_LIMITS = False  # ours (people.throttling) see every process and spare a shared address
# "offered" is for the demonstration: nobody has a phone at hand for accounts that everybody knows.
LEITAI_SECOND_STEP = os.environ.get("LEITAI_SECOND_STEP", "required")
MFA_ADAPTER = "leitai.people.second_step.SealedAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "leitai.people.second_step.SecondStepForm",
    "reauthenticate": "leitai.people.second_step.AgainForm",
    "activate_totp": "leitai.people.second_step.FirstCodeForm",
}
LEITAI_OIDC = os.environ.get("LEITAI_OIDC", "")  # a file of outside sign-ins, docs/ports.md
SOCIALACCOUNT_ADAPTER = "leitai.people.outside.RosterSocialAdapter"
SOCIALACCOUNT_PROVIDERS = outside_settings.read(LEITAI_OIDC)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(LEITAI_PUBLIC_URL).scheme
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_STORE_TOKENS = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
    },
}
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

LEITAI_IDLE = int(os.environ.get("LEITAI_IDLE", "30"))  # quiet minutes of who holds an office
LEITAI_PROXIES = int(os.environ.get("LEITAI_PROXIES", "0"))  # our own, in front of the web process
# Pages that are the same for everybody, whatever cookie comes: nothing there reads the session.
LEITAI_SESSIONLESS = ("/exam/", "/healthz")
if LEITAI_PROXIES:  # only our own proxy may say that the way to it was TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 12 * 60 * 60
LEITAI_MAIL_DOMAIN = urlsplit(LEITAI_PUBLIC_URL).hostname or "localhost"
DEFAULT_FROM_EMAIL = os.environ.get("LEITAI_MAIL_FROM", f"擂台 <leitai@{LEITAI_MAIL_DOMAIN}>")
_MAIL = mailing.read(os.environ.get("LEITAI_MAIL_URL", ""), paths.home() / "mail")
globals().update(_MAIL)
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
