from __future__ import annotations

from leitai.web.settings import *  # noqa: F403
from leitai.web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.e2e.upload_site"]
ROOT_URLCONF = "tests.e2e.upload_site.urls"
