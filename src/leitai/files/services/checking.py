"""Check a file that has arrived: at once if small, else as a job; and put it into the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from leitai.base.jobs import app
from leitai.files import store
from leitai.files.checks import Finding, examine
from leitai.files.enums import State
from leitai.files.kinds import MB, get_kind
from leitai.files.models import Upload
from leitai.kernel.errors import DomainError

AT_ONCE = 8 * MB  # what is longer to check is a job: a page must not wait for it
STORE_LOCK = "files:store"


def check_soon(upload: Upload, *, at: datetime) -> None:
    if upload.length <= AT_ONCE:
        check_upload(token=upload.token, at=at)
    else:
        defer_check(upload.token)


def defer_check(token: str) -> None:
    transaction.on_commit(lambda: app.configure_task("files.check").defer(token=token))


def check_upload(*, token: str, at: datetime) -> Upload | None:
    """Idempotent: a file that was checked, or taken back meanwhile, is left alone."""
    with _alone(token) as alone:
        return _check(token, at) if alone else None


def _check(token: str, at: datetime) -> Upload | None:
    upload = Upload.objects.filter(token=token, state=State.CHECKING).first()
    if upload is None:
        return None
    kind, part = get_kind(upload.kind), store.part_path(token)
    try:
        found = examine(part, name=upload.name, types=kind.types, clean=store.clean_path(token))
    except DomainError as refused:
        return _refuse(upload, refused, at=at)
    except FileNotFoundError:
        return _refuse(upload, DomainError("files_broken", name=upload.name), at=at)
    return _keep(upload, found, at=at)


def _refuse(upload: Upload, refused: DomainError, *, at: datetime) -> Upload | None:
    with transaction.atomic():
        held = _held(upload.token)
        if held is None:
            return None
        held.state, held.touched_at = State.REFUSED, at
        held.refusal, held.refusal_data = refused.code, dict(refused.data)
        held.save(update_fields=["state", "touched_at", "refusal", "refusal_data"])
    store.drop_part(upload.token)
    return held


def _keep(upload: Upload, found: Finding, *, at: datetime) -> Upload | None:
    """Hash, then move under the hash in the transaction that names it.

    The lock is shared with the sweep, which must not take a file away while it is found again.
    """
    sha256 = store.hash_file(found.path, partial(_tell, upload.token))
    with transaction.atomic():
        held = _held(upload.token)
        if held is None:
            return None
        lock_store(shared=True)
        held.state, held.touched_at, held.type = State.READY, at, found.type
        held.size, held.sha256 = found.path.stat().st_size, sha256
        held.checked = held.length
        held.save()
        store.keep(found.path, sha256)
    store.drop_part(upload.token)
    return held


@contextmanager
def _alone(token: str) -> Iterator[bool]:
    """One check of a file at a time; the lock goes with the process that holds it."""
    key = f"files:check:{token}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def _held(token: str) -> Upload | None:
    return Upload.objects.select_for_update().filter(token=token, state=State.CHECKING).first()


def _tell(token: str, done: int) -> None:
    Upload.objects.filter(token=token).update(checked=done, touched_at=timezone.now())


def lock_store(*, shared: bool) -> None:
    """Until the transaction ends."""
    how = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{how}(hashtextextended(%s, 0))", [STORE_LOCK])
