import hashlib
import threading
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction

from leitai.base.actor import Actor
from leitai.ledger import services
from leitai.ledger.models import LedgerEntry

AT = datetime(2022, 6, 10, 1, 30, tzinfo=UTC)
CLERK = Actor("17", "蒲清越")


def append(chain="s", act="season.opened", **data):
    with transaction.atomic():
        return services.append(
            chain=chain, actor=CLERK, act=act, subject="season:s", data=data, at=AT
        )


@pytest.mark.django_db
def test_append_writes_canonical_payload_and_links_it():
    first, second = append(count=1), append(count=2)
    payload = (
        '{"act":"season.opened","actor":"17","at":"2022-06-10T01:30:00.000000Z",'
        '"data":{"by":"蒲清越","count":1},"seq":1,"subject":"season:s"}'
    ).encode()
    assert bytes(first.payload) == payload
    assert bytes(first.digest) == hashlib.sha256(bytes(32) + payload).digest()
    assert (second.seq, bytes(second.prev_digest)) == (2, bytes(first.digest))
    assert services.verify_chain("s") == services.ChainVerdict(
        ok=True, count=2, head=bytes(second.digest).hex()
    )


@pytest.mark.django_db
def test_append_keeps_chains_apart():
    append(chain="a")
    append(chain="b")
    assert [entry.seq for entry in LedgerEntry.objects.order_by("chain")] == [1, 1]


@pytest.mark.django_db
def test_append_refuses_floats():
    with pytest.raises(TypeError):
        append(share=0.5)


@pytest.mark.django_db(transaction=True)
def test_append_outside_a_transaction_is_a_mistake():
    with pytest.raises(transaction.TransactionManagementError):
        services.append(chain="s", actor=CLERK, act="a", subject="", data={}, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"payload": b"{}"},
        {"digest": bytes(32)},
        {"prev_digest": bytes(32)},
        {"actor": "18"},
        {"act": "season.closed"},
        {"subject": "season:t"},
        {"by": "别人"},
        {"seq": 9},
        {"at": datetime(2022, 6, 10, 1, 31, tzinfo=UTC)},
    ],
)
def test_verify_chain_sees_any_changed_column(change):
    for count in range(3):
        append(count=count)
    LedgerEntry.objects.filter(seq=2).update(**change)
    verdict = services.verify_chain("s")
    assert (verdict.ok, verdict.count) == (False, 1)
    assert verdict.broken == (3 if "seq" in change else 2)


@pytest.mark.django_db
def test_verify_chain_sees_a_removed_link():
    for count in range(3):
        append(count=count)
    LedgerEntry.objects.filter(seq=2).delete()
    assert services.verify_chain("s").broken == 3


@pytest.mark.django_db
def test_verify_chain_of_nothing_holds():
    assert services.verify_chain("nothing") == services.ChainVerdict(True, 0, bytes(32).hex())


@pytest.mark.django_db(transaction=True)
def test_append_by_two_at_once_gives_one_chain():
    start = threading.Barrier(2)

    def write():
        start.wait()
        for count in range(10):
            append(count=count)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    verdict = services.verify_chain("s")
    assert (verdict.ok, verdict.count) == (True, 20)


@pytest.mark.django_db
def test_migration_names_the_actors_of_older_entries():
    trust = import_module("leitai.ledger.migrations.0002_trust")
    for count in range(3):
        append(count=count)
    LedgerEntry.objects.update(by="")
    LedgerEntry.objects.filter(seq=3).update(payload=b"spoilt")
    trust.name_the_actors(apps, SimpleNamespace(connection=connection))
    assert [entry.by for entry in LedgerEntry.objects.all()] == ["蒲清越", "蒲清越", ""]
    assert services.verify_chain("s").broken == 3
