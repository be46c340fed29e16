"""Change keys without losing what stands under the old ones.

Values are sealed again in batches, each its own transaction: an interrupted run is simply run
again. Digests change all at once, since a search knows one key only; the new index key becomes
current as the last act of the transaction that changed them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q

from leitai import keyring as keys
from leitai.base import sealing
from leitai.base.sealing import SealedColumn
from leitai.kernel.errors import DomainError
from leitai.keyring import Draft, Key, Purpose, store

BATCH: Final = 500
SEALING: Final[tuple[Purpose, ...]] = ("field", "paper")
PRUNABLE: Final[tuple[Purpose, ...]] = (*SEALING, "index")


@dataclass(frozen=True, slots=True)
class Use:
    """So many values of a column stand under a key."""

    column: str
    key_id: str
    values: int


def count_uses(purpose: Purpose) -> list[Use]:
    """How many stored values name each key of this purpose."""
    found = []
    for column in sealing.columns(purpose):
        counts: Counter[str] = Counter()
        for rows in _batches(column, Q()):
            counts.update(filter(None, (_key_id(column, row) for row in rows)))
        found += [Use(column.name, key_id, counts[key_id]) for key_id in sorted(counts)]
    return found


def reseal(purpose: Purpose, *, say: Callable[[str, int], None] = lambda *_: None) -> int:
    """Seal every value under the current key that stands under another; returns how many.

    May be interrupted and run again. `say` hears the column and how many of it are done.
    """
    current = sealing.keyring().current(purpose).id
    total = 0
    for column in sealing.columns(purpose):
        done = 0
        for batch in _batches(column, _elsewhere(column, current)):
            if stale := [row.pk for row in batch if _key_id(column, row) not in ("", current)]:
                done += _reseal_rows(column, stale, current)
                say(column.name, done)
        total += done
    return total


def _reseal_rows(column: SealedColumn, stale: list[Any], current: str) -> int:
    """Read again under a lock: somebody may have written meanwhile."""
    with transaction.atomic():
        rows = [
            row
            for row in _rows(column).select_for_update().filter(pk__in=stale).order_by("pk")
            if _key_id(column, row) not in ("", current)
        ]
        for row in rows:
            column.reseal(row)
        _rows(column).bulk_update(rows, [column.column])
    return len(rows)


def redigest(drafted: Draft | None = None) -> int:
    """Make every keyed digest anew, in one transaction; returns how many rows were changed.

    With `drafted` the digests are that key's, which becomes current at the end; without, they are
    made to agree with the current one (after a run that was interrupted between the two).
    """
    folder = Path(settings.LEITAI_KEYS)
    key = drafted.key if drafted else sealing.keyring().current("index")
    published = False
    try:
        with transaction.atomic(), sealing.digesting_with(key):
            _lock(_digested_tables())
            changed = sum(_redigest_column(column) for column in _digested())
            changed += sum(one.rebuild() for one in sealing.derived())
            if drafted:
                keys.publish(folder, drafted)
                published = True
    except BaseException:
        if published and drafted:  # the commit failed: the old digests stand, and so must their key
            store.remove(folder, "index", key.id)
        raise
    return changed


def count_stale_digests(*, sample: int = 0) -> int:
    """How many digests are not those of the current index key; `sample` bounds rows a column."""
    stale = 0
    for column in _digested():
        seen = 0
        for row in chain.from_iterable(_batches(column, Q())):
            if column.sealed_of(row):
                seen += 1
                stale += _differs(column, row)
            if sample and seen >= sample:
                break
    return stale


def prune(purpose: Purpose) -> list[Key]:
    """Take away the old keys under which nothing stands any more; gives those taken."""
    ring = sealing.keyring()
    if purpose not in PRUNABLE:
        raise DomainError("key_kept", purpose=purpose)
    if purpose == "index":
        if stale := count_stale_digests():
            raise DomainError("key_in_use", purpose=purpose, values=stale)
        used: set[str] = set()
    else:
        used = {use.key_id for use in count_uses(purpose)}
    old = [key for key in ring.all(purpose)[:-1] if key.id not in used]
    for key in old:
        keys.remove(settings.LEITAI_KEYS, key)
    return old


def _redigest_column(column: SealedColumn) -> int:
    names = [one.column for one in column.digests]
    changed = 0
    for batch in _batches(column, Q()):
        rows = [row for row in batch if _stands(column, row) and _differs(column, row)]
        for row in rows:
            for name, value in column.digests_of(row).items():
                setattr(row, name, value)
        _rows(column).bulk_update(rows, names)
        changed += len(rows)
    return changed


def _differs(column: SealedColumn, row: Any) -> bool:
    """True also for a value whose key is lost: of it nobody can say that its digest is right."""
    try:
        wanted = column.digests_of(row)
    except DomainError:
        return True
    return any(bytes(getattr(row, name) or b"") != value for name, value in wanted.items())


def _stands(column: SealedColumn, row: Any) -> bool:
    """Whether the row holds a value that can be opened; a lost one is left as it is."""
    if column.opener is not None:
        return bool(column.sealed_of(row))
    known = {key.id for key in sealing.keyring().all(column.purpose)}
    return _key_id(column, row) in known


def _digested() -> list[SealedColumn]:
    return [one for purpose in SEALING for one in sealing.columns(purpose) if one.digests]


def _digested_tables() -> list[str]:
    models_ = {column.model for column in _digested()}
    models_ |= {table for one in sealing.derived() for table in one.tables}
    return sorted(apps.get_model(label)._meta.db_table for label in models_)  # noqa: SLF001  # Django's


def _lock(tables: list[str]) -> None:
    """Nobody writes a digest of the old key meanwhile; reading goes on."""
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")


def _batches(column: SealedColumn, where: Q) -> Iterator[list[Any]]:
    """The rows that may hold something, by primary key: what is changed meanwhile is no matter."""
    rows = _rows(column).filter(where).order_by("pk")
    if column.get is None:
        rows = rows.exclude(**{column.column: ""})
    last: Any = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        yield batch
        last = batch[-1].pk


def _elsewhere(column: SealedColumn, current: str) -> Q:
    """Rows not yet done, where the database can tell: a run that goes on skips what is done."""
    if column.get is not None:
        return Q()
    return ~Q(**{f"{column.column}__contains": f".{current}."})


def _key_id(column: SealedColumn, row: Any) -> str:
    return sealing.key_id_of(column.sealed_of(row))


def _rows(column: SealedColumn) -> models.Manager[Any]:
    manager: models.Manager[Any] = apps.get_model(column.model).objects
    return manager
