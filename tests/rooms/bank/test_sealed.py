"""What a live bank keeps: sealed texts and compositions, and what may be done with them."""

import io
import json
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from leitai.bank import sealed, selectors, services
from leitai.bank.models import Bank, ItemVersion, Paper, RepairRow
from leitai.bank.selectors import ItemFilter
from leitai.base import sealing
from leitai.base.actor import Actor, AppointmentRef, system
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring
from leitai.ledger.models import LedgerEntry
from leitai.rulebook.model import Event, PaperPart
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, changed, csv_bytes

pytestmark = pytest.mark.django_db

AT = datetime(2022, 4, 1, 1, 0, tzinfo=UTC)
OFFICE = Actor("9", "办公室", appointments=(AppointmentRef("office", "51/", "sc"),))
WRITER = Actor("7", "命题人", appointments=(AppointmentRef("item_writer", "51/", "sc"),))
EVENT = Event(
    title="比试",
    kind="exam",
    max=Fraction(4),
    decimals=2,
    minutes=90,
    paper=(PaperPart("single", 2, Fraction(2)),),
)
WORDS = ("参保登记", "招聘会", "自编", "社会保险")


def fill(rows: list, *, code: str = "rs", live: bool | None = None, name: str = "题.csv"):
    return services.import_items(
        actor=system("tests"),
        bank_code=code,
        title=code,
        source=io.BytesIO(csv_bytes(rows)),
        name=name,
        at=AT,
        live=live,
    )


def singles(count: int, of: str = "题") -> list:
    return [
        HEADINGS,
        *([n, "单选", "甲", f"{of}{n}？", "一", "二", "三", "四", "B", ""] for n in range(count)),
    ]


def compose(code: str = "p1", banks: tuple = ("rs",)) -> Paper:
    return services.compose_papers(
        actor=OFFICE,
        season_code="sc",
        event=EVENT,
        bank_codes=banks,
        codes=[code],
        titles=[f"试卷{code}"],
        seed="s",
        at=AT,
    )[0]


def table(name: str) -> str:
    """Every column of every row as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(json_agg(t)::text, '') FROM {name} t")  # noqa: S608
        return cursor.fetchone()[0]


def test_a_new_bank_is_live_and_its_tables_hold_no_text_but_the_module() -> None:
    fill([HEADINGS, SINGLE, MULTIPLE, changed(MULTIPLE, 题干="待修的题", 答案="")])
    assert Bank.objects.get().live
    stored = table("bank_itemversion") + table("bank_repairrow")
    assert [word for word in (*WORDS, "待修的题") if word in stored] == ["社会保险"]
    assert {(v.stem, v.options, v.key, v.basis) for v in _plain(ItemVersion.objects.all())} == {
        ("", "[]", None, None)
    }


def _plain(versions):
    for version in versions:
        version.options = json.dumps(version.options)
        yield version


def test_a_practice_bank_is_plain() -> None:
    fill([HEADINGS, SINGLE, changed(MULTIPLE, 答案="")], live=False)
    assert not Bank.objects.get().live
    stored = table("bank_itemversion") + table("bank_repairrow")
    assert [word for word in WORDS if word in stored] == list(WORDS)
    assert set(ItemVersion.objects.values_list("sealed", flat=True)) == {""}


def test_a_bank_stays_of_its_kind() -> None:
    fill([HEADINGS, SINGLE])
    with pytest.raises(DomainError) as refused:
        fill([HEADINGS, MULTIPLE], live=False)
    assert (refused.value.code, refused.value.data["kind"]) == ("bank_kind", "竞赛题库")
    assert fill([HEADINGS, SINGLE, MULTIPLE]).unchanged == 1
    fill([HEADINGS, SINGLE], code="lx", live=False)
    assert fill([HEADINGS, SINGLE, MULTIPLE], code="lx").added == 1
    assert not Bank.objects.get(code="lx").live


def test_sealed_text_belongs_to_its_item_and_version() -> None:
    fill([HEADINGS, SINGLE, MULTIPLE])
    one, two = ItemVersion.objects.order_by("pk")
    ItemVersion.objects.filter(pk=two.pk).update(sealed=one.sealed)
    with pytest.raises(DomainError, match="seal_broken"):
        sealed.opened(ItemVersion.objects.filter(pk=two.pk))


def test_an_opened_version_cannot_be_stored() -> None:
    fill([HEADINGS, SINGLE])
    version = sealed.opened(ItemVersion.objects.all())[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_digests_of_live_items_tell_nothing_without_the_key() -> None:
    fill([HEADINGS, SINGLE])
    fill([HEADINGS, SINGLE], code="lx", live=False)
    live, practice = (
        bytes(ItemVersion.objects.get(item__bank__code=code).digest) for code in ("rs", "lx")
    )
    key = sealing.keyring().current("index").secret
    import hmac

    assert live == hmac.new(key, b"item:" + practice.hex().encode(), "sha256").digest()


def test_pages_open_and_search_what_they_show() -> None:
    fill([HEADINGS, SINGLE, MULTIPLE, changed(MULTIPLE, 题干="待修的题", 答案="")])
    bank = selectors.get_bank_for(WRITER, "rs")
    rows = selectors.list_items_for(WRITER, bank)
    assert (len(rows), rows[0].stem) == (2, "参保登记应当在多少日内办结？")
    for wanted, found in (
        (ItemFilter("就业服务"), ["ABD"]),
        (ItemFilter(module="社会保险"), ["C"]),
        (ItemFilter(type="multiple"), ["ABD"]),
        (ItemFilter("就业服务", module="社会保险"), []),
    ):
        assert [it.key for it in selectors.list_items_for(WRITER, bank, wanted)[:]] == found
    assert [row.raw["题干"] for row in selectors.list_repairs_for(WRITER, bank)[:]] == ["待修的题"]
    assert selectors.list_modules(bank) == ["就业创业", "社会保险"]


def test_a_search_says_when_there_was_more_than_it_opened(monkeypatch) -> None:
    fill(singles(4))
    bank = selectors.get_bank_for(WRITER, "rs")
    monkeypatch.setattr(selectors, "SEARCHED", 3)
    found = selectors.list_items_for(WRITER, bank, ItemFilter("题"))
    assert (len(found), found.cut) == (3, True)
    assert selectors.list_items_for(WRITER, bank, ItemFilter("题", module="乙")).cut is False


def test_no_table_tells_which_items_stand_on_a_paper() -> None:
    fill(singles(9))
    paper = compose()
    assert [field.name for field in Paper._meta.get_fields() if field.many_to_many] == []
    chosen = [one.item_version_id for one in selectors.composition_of(paper)]
    assert len(chosen) == paper.item_count == 2
    with connection.cursor() as cursor:  # no table refers to items' versions any more
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = 'bank_itemversion'::regclass"
        )
        assert cursor.fetchall() == []
    ring = Keyring.from_environment()
    plain = ring.unwrap("paper", paper.composition, b"composition:p1:1")
    assert canonical.decode(plain) == [[pk, 200, "none"] for pk in chosen]


def test_the_same_question_of_a_practice_bank_is_not_asked_twice_in_a_season() -> None:
    fill(singles(2))
    compose("p1")
    fill(singles(3), code="lx", live=False)
    with pytest.raises(DomainError) as refused:
        compose("p2", ("lx",))
    assert refused.value.problems[0].data["available"] == 1


def test_a_live_bank_becomes_a_practice_bank_by_a_recorded_act() -> None:
    fill([*singles(3), changed(MULTIPLE, 题干="待修的题", 答案="")])
    before = [it.stem for it in sealed.opened(ItemVersion.objects.order_by("pk"))]
    services.publish_bank(actor=OFFICE, bank_code="rs", reason="赛季结束", at=AT)
    assert list(ItemVersion.objects.order_by("pk").values_list("stem", flat=True)) == before
    assert set(ItemVersion.objects.values_list("sealed", flat=True)) == {""}
    assert RepairRow.objects.get().raw["题干"] == "待修的题"
    entry = LedgerEntry.objects.filter(chain="bank").latest("seq")
    assert (entry.act, canonical.decode(bytes(entry.payload))["data"]["items"]) == (
        "bank.published",
        3,
    )
    assert fill(singles(3)).unchanged == 3  # found again by the plain digest
    assert fill([HEADINGS, changed(MULTIPLE, 题干="待修的题")]).added == 1
    assert not RepairRow.objects.exists()


@pytest.mark.parametrize(
    ("actor", "reason", "code"),
    [(WRITER, "赛季结束", "forbidden"), (OFFICE, " ", "bank_reason_missing")],
)
def test_publishing_a_bank_is_refused(actor, reason, code) -> None:
    fill(singles(2))
    with pytest.raises(DomainError, match=code):
        services.publish_bank(actor=actor, bank_code="rs", reason=reason, at=AT)
    assert Bank.objects.get().live


def test_a_bank_is_not_published_while_its_items_stand_on_a_sealed_paper() -> None:
    fill(singles(2))
    paper = compose()
    with pytest.raises(DomainError, match="bank_on_sealed_paper"):
        services.publish_bank(actor=OFFICE, bank_code="rs", reason="赛季结束", at=AT)
    services.record_opening(actor=system("tests"), paper=paper, opened_at=AT, at=AT)
    services.publish_bank(actor=OFFICE, bank_code="rs", reason="赛季结束", at=AT)
    with pytest.raises(DomainError, match="bank_plain"):
        services.publish_bank(actor=OFFICE, bank_code="rs", reason="赛季结束", at=AT)
    keys = selectors.key_of(paper)  # marking goes on
    assert [it.key for it in keys] == ["B", "B"]


def test_an_opening_is_recorded_once() -> None:
    fill(singles(2))
    paper = compose()
    actor = system("tests")
    assert services.record_opening(actor=actor, paper=paper, opened_at=AT, at=AT)
    assert not services.record_opening(actor=actor, paper=paper, opened_at=AT, at=AT)
    acts = LedgerEntry.objects.filter(chain="sc", act="paper.opened")
    assert [(it.subject, it.actor) for it in acts] == [("paper:p1", "system:tests")]
