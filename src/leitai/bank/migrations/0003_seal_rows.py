"""Banks made before there were two kinds become live ones: sealed, and so are compositions.

The rows' former text stays in the table's dead space until VACUUM, and in older backups.
"""

from __future__ import annotations

import os
from itertools import groupby

from django.conf import settings
from django.db import migrations

from leitai.kernel import canonical
from leitai.kernel.suites import NONCE_BYTES, suite
from leitai.keyring import Keyring

BATCH = 500
CONTENT = ("stem", "options", "key", "explanation", "source", "topic", "basis")


def seal_rows(apps, _editor):
    versions = apps.get_model("bank", "ItemVersion").objects
    repairs = apps.get_model("bank", "RepairRow").objects
    placed = apps.get_model("bank", "PaperItem").objects
    if not (versions.exists() or repairs.exists() or placed.exists()):
        return  # a new house: its keys may not even be made
    ring = Keyring.load(settings.LEITAI_KEYS)
    _seal_compositions(apps, ring, placed)
    for version in versions.filter(sealed="").iterator(chunk_size=BATCH):
        content = {name: getattr(version, name) for name in CONTENT}
        place = f"item:{version.item_id}:{version.version}"
        versions.filter(pk=version.pk).update(
            sealed=_seal(ring, "field", content, place),
            digest=_keyed(ring, bytes(version.digest).hex()),
            stem="", options=[], key=None, explanation="", source="", topic="", basis=None,
        )  # fmt: skip
    for row in repairs.filter(sealed="").iterator(chunk_size=BATCH):
        digest = row.data.pop("digest", "")
        place = f"repair:{row.bank_id}:{row.source}:{row.row}:{row.code}"
        row.sealed = _seal(ring, "field", {"raw": row.raw, "digest": digest}, place)
        row.raw, row.digest = {}, _keyed(ring, digest)
        row.save()


def _seal_compositions(apps, ring, placed):
    papers = apps.get_model("bank", "Paper").objects.defer("sealed").in_bulk()
    rows = placed.order_by("paper_id", "number")
    values = rows.values_list("paper_id", "item_version_id", "points", "partial")
    for paper_id, group in groupby(values, key=lambda row: row[0]):
        paper = papers[paper_id]
        composition = [list(row[1:]) for row in group]
        place = f"composition:{paper.code}:{paper.version}"
        paper.composition = _seal(ring, "paper", composition, place)
        paper.item_count = len(composition)
        paper.save(update_fields=["composition", "item_count"])


def _seal(ring, purpose, value, place):
    return ring.wrap(purpose, canonical.encode(value), place.encode(), os.urandom(NONCE_BYTES))


def _keyed(ring, digest):
    return suite().mac(ring.current("index").secret, f"item:{digest}".encode())


class Migration(migrations.Migration):
    dependencies = [("bank", "0002_sealed")]

    operations = [migrations.RunPython(seal_rows, migrations.RunPython.noop)]
