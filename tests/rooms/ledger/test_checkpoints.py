"""Signed heads: a cut tail, a changed payload, swapped entries and a forged signature show."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.base.actor import Actor
from leitai.base.sealing import keyring
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.ledger import services
from leitai.ledger.models import Checkpoint, LedgerEntry
from leitai.ledger.services.checkpoints import kept_file

AT = datetime(2022, 6, 10, 1, 30, tzinfo=UTC)
CLERK = Actor("17", "蒲清越")


def append(count, chain="s"):
    with transaction.atomic():
        for number in range(count):
            services.append(
                chain=chain, actor=CLERK, act="a.b", subject=f"x:{number}", data={}, at=AT
            )


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.fixture
def signed(db, django_capture_on_commit_callbacks):
    """Five entries and a checkpoint at three."""
    append(3)
    with django_capture_on_commit_callbacks(execute=True):
        made = services.make_checkpoint(chain="s", at=AT)
    append(2)
    return made


def page():
    verdict = services.verify_since_checkpoint("s")
    return verdict.ok, verdict.fault, verdict.broken, verdict.claimed


def whole(**given):
    verdict = services.verify_all(**given)["s"]
    return verdict.ok, verdict.fault, verdict.broken, verdict.claimed


GOOD = (True, "", None, 0)


def test_checkpoint_signs_count_and_head(signed):
    head = bytes(LedgerEntry.objects.get(seq=3).digest).hex()
    said = (
        '{"at":"2022-06-10T01:30:00.000000Z","chain":"s","count":3,'
        f'"format":"leitai-checkpoint-1","head":"{head}"}}'
    )
    key = keyring().get("ledger", signed.key_id)
    assert suite().verify(key.public, said.encode(), bytes(signed.signature))
    line = json.loads(kept_file("s").read_text(encoding="utf-8"))
    assert (line["checkpoint"], line["public"]) == (json.loads(said), key.public.hex())


def test_checkpoint_of_a_chain_that_has_not_grown_is_the_one_there_is(signed):
    first = services.make_checkpoint(chain="s", at=AT)
    again = services.make_checkpoint(chain="s", at=AT + timedelta(hours=1))
    assert (first.count, again.pk, again.at) == (5, first.pk, AT)


def test_checkpoint_of_nothing_is_refused(db):
    with pytest.raises(DomainError, match="ledger_empty"):
        services.make_checkpoint(chain="s", at=AT)


def test_rolled_back_checkpoint_leaves_no_line(db, django_capture_on_commit_callbacks):
    append(1)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        services.make_checkpoint(chain="s", at=AT)
        transaction.set_rollback(True)
    assert not kept_file("s").exists()


def test_chain_that_holds_is_told_by_page_and_by_walk(signed):
    assert (page(), whole()) == (GOOD, GOOD)
    verdict = services.verify_since_checkpoint("s")
    assert (verdict.count, verdict.since) == (5, 3)
    assert verdict.head == bytes(LedgerEntry.objects.get(seq=5).digest).hex()


def test_tail_cut_below_the_checkpoint_is_seen(signed):
    sql("DELETE FROM ledger_ledgerentry WHERE seq > 2")
    assert page() == (False, "cut", None, 3)
    assert whole() == (False, "cut", None, 3)
    verdict = services.verify_all()["s"]
    assert (verdict.count, verdict.sentence) == (2, "检查点载明3条，现只有2条")


def test_tail_cut_with_its_checkpoints_is_seen_by_the_kept_file(signed, tmp_path):
    elsewhere = tmp_path / "usb-stick.jsonl"
    elsewhere.write_bytes(kept_file("s").read_bytes())
    sql("DELETE FROM ledger_ledgerentry WHERE seq > 2")
    sql("DELETE FROM ledger_checkpoint")
    assert page() == GOOD  # the table alone cannot know
    assert whole() == (False, "cut", None, 3)  # this installation's own file does
    kept_file("s").unlink()
    assert whole() == GOOD
    assert whole(file=elsewhere) == (False, "cut", None, 3)


def test_whole_chain_removed_is_remembered_by_its_checkpoint(signed):
    sql("DELETE FROM ledger_ledgerentry")
    sql("DELETE FROM ledger_checkpoint")
    assert whole() == (False, "cut", None, 3)


def test_tail_written_anew_does_not_have_the_signed_head(signed):
    sql("DELETE FROM ledger_ledgerentry WHERE seq > 2")
    append(4)
    assert page() == (False, "head", 3, 3)
    assert whole() == (False, "head", None, 3)
    assert services.verify_chain("s").ok  # its links hold: only the checkpoint knows


@pytest.mark.parametrize(("seq", "told"), [(2, GOOD), (4, (False, "link", 4, 0))])
def test_changed_payload_is_seen(signed, seq, told):
    """Before the checkpoint the page trusts it; the whole walk sees either."""
    sql(
        "UPDATE ledger_ledgerentry SET payload = convert_to(replace(convert_from(payload, 'UTF8'),"
        " 'a.b', 'a.c'), 'UTF8') WHERE seq = %s",
        seq,
    )
    assert page() == told
    assert whole() == (False, "link", seq, 0)


def test_swapped_entries_are_seen(signed):
    sql("UPDATE ledger_ledgerentry SET seq = 9 - seq + 100 WHERE seq IN (4, 5)")
    sql("UPDATE ledger_ledgerentry SET seq = seq - 100 WHERE seq > 100")
    assert page() == (False, "link", 4, 0)
    assert whole() == (False, "link", 4, 0)


def test_entry_removed_before_the_checkpoint_is_missed_by_the_count(signed):
    sql("DELETE FROM ledger_ledgerentry WHERE seq = 2")
    assert page() == (False, "cut", None, 5)
    assert whole() == (False, "link", 3, 0)


def test_forged_signature_is_seen(signed):
    sql("UPDATE ledger_checkpoint SET signature = decode(repeat('ab', 64), 'hex')")
    assert page() == (False, "forged", None, 3)
    assert whole() == (False, "forged", None, 3)


def test_checkpoint_moved_to_another_count_is_forged(signed):
    sql("UPDATE ledger_checkpoint SET count = 2")
    assert (page(), whole()) == ((False, "forged", None, 2), (False, "forged", None, 2))


def test_checkpoint_of_a_key_that_is_not_ours_is_told(signed):
    sql("UPDATE ledger_checkpoint SET key_id = '01-deadbeef'")
    assert page() == GOOD  # the page walks from the beginning instead
    assert services.verify_since_checkpoint("s").since == 0
    assert whole() == (False, "key", None, 3)


def test_broken_chain_is_not_signed(signed):
    sql("UPDATE ledger_ledgerentry SET subject = 'x:9' WHERE seq = 5")
    with pytest.raises(DomainError, match="ledger_broken"):
        services.make_checkpoint(chain="s", at=AT)
    append(1, chain="t")
    assert [made.chain for made in services.make_checkpoints(at=AT)] == ["t"]
    assert Checkpoint.objects.filter(chain="s").count() == 1


def test_hourly_round_signs_what_has_grown_only(signed):
    append(1, chain="t")
    assert [(one.chain, one.count) for one in services.make_checkpoints(at=AT)] == [
        ("s", 5),
        ("t", 1),
    ]
    assert services.make_checkpoints(at=AT) == []


def test_hundredth_entry_asks_for_a_checkpoint(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        append(100)
    with django_capture_on_commit_callbacks(execute=True):
        append(1)
    jobs = ProcrastinateJob.objects.filter(task_name="ledger.checkpoint")
    assert [job.args for job in jobs] == [{"chain": "s"}]


def test_page_walks_a_bounded_part(db, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("leitai.ledger.services.verifying.PAGE_LIMIT", 4)
    append(9)
    with django_assert_num_queries(3):
        verdict = services.verify_since_checkpoint("s")
    assert (verdict.ok, verdict.count, verdict.since) == (True, 9, 5)
    assert (verdict.vouched, verdict.left_out) == (0, 5)
    assert verdict.sentence == "最近4条记录首尾相连"  # not nine: five were not walked
    sql("UPDATE ledger_ledgerentry SET subject = 'x:0' WHERE seq = 6")
    assert page() == (False, "link", 6, 0)


def test_spoilt_line_of_a_file_is_named(db, tmp_path):
    file = tmp_path / "kept.jsonl"
    file.write_text('{"payload":"{}"}\n{"checkpoint":{}}\n', encoding="utf-8")
    with pytest.raises(DomainError) as refused:
        services.verify_all(file=file)
    assert (refused.value.code, refused.value.data) == (
        "checkpoints_unreadable",
        {"file": "kept.jsonl", "line": 2},
    )


def test_unknown_chain_is_refused(db):
    with pytest.raises(DomainError, match="ledger_chain_unknown"):
        services.verify_all(chain="nothing")
