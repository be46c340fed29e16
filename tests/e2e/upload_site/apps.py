from __future__ import annotations

from django.apps import AppConfig


class UploadSiteConfig(AppConfig):
    name = "tests.e2e.upload_site"
    label = "upload_site"

    def ready(self) -> None:
        from leitai.files import kinds

        kinds.register(
            kinds.FileKind(
                code="thing",
                max_bytes=64 * kinds.MB,
                types=("pdf", "jpeg", "txt"),
                can_upload=lambda actor, _owner: actor.known,
                can_view=lambda actor, _owner: actor.known,
                quota_bytes=200 * kinds.MB,
            )
        )
