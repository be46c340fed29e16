from __future__ import annotations

import os

from django.apps import AppConfig
from typing_extensions import override


class FilesConfig(AppConfig):
    name = "leitai.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # apps must be loaded first
        from leitai.files.errors import TEXTS  # apps must be loaded first

        errors.register(TEXTS)
        if os.environ.get("LEITAI_BENCH") == "files":  # the web process that the bench starts
            from leitai.files import bench, kinds

            kinds.register(bench.KIND)
