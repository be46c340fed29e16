"""What nobody fetched any more: uploads past their time, parts and contents without a row."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from leitai.files import store
from leitai.files.enums import State
from leitai.files.models import StoredFile, Upload
from leitai.files.services.checking import defer_check, lock_store

ORPHAN_AGE = timedelta(hours=24)
STUCK_AGE = timedelta(minutes=5)


def sweep(*, at: datetime) -> int:
    """Remove them; the number of rows and files removed."""
    gone = Upload.objects.filter(expires_at__lte=at).exclude(state=State.CHECKING)
    removed = 0
    for token in gone.values_list("token", flat=True).iterator():
        removed += _remove_upload(token, at)
    return removed + _sweep_parts(at) + _sweep_blobs(at)


def _remove_upload(token: str, at: datetime) -> int:
    """One at a time; one that is being written to just now has earned another day."""
    with transaction.atomic():
        held = (
            Upload.objects.select_for_update(skip_locked=True)
            .filter(token=token, expires_at__lte=at)
            .first()
        )
        if held is None:
            return 0
        held.delete()
    store.drop_part(token)
    return 1


def _sweep_parts(at: datetime) -> int:
    old = [token for token, written in store.list_parts() if written < at - ORPHAN_AGE]
    alive = set(Upload.objects.filter(token__in=old).values_list("token", flat=True))
    orphans = [token for token in old if token not in alive]
    for token in orphans:
        store.drop_part(token)
    return len(orphans)


def _sweep_blobs(at: datetime) -> int:
    """Asked again under the lock: an equal file may have come in since the list was made."""
    removed = 0
    for sha256, written in store.list_blobs():
        if written >= at - ORPHAN_AGE:
            continue
        with transaction.atomic():
            lock_store(shared=False)
            if _wanted(sha256):
                continue
            store.blob_path(sha256).unlink(missing_ok=True)
            removed += 1
    return removed


def _wanted(sha256: str) -> bool:
    return (
        StoredFile.objects.filter(sha256=sha256).exists()
        or Upload.objects.filter(sha256=sha256, state=State.READY).exists()
    )


def recheck(*, at: datetime) -> int:
    """Checks whose process died: begun, and silent since."""
    stuck = Upload.objects.filter(state=State.CHECKING, touched_at__lte=at - STUCK_AGE)
    tokens = list(stuck.values_list("token", flat=True))
    for token in tokens:
        defer_check(token)
    return len(tokens)
