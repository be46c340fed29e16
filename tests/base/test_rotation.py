"""Keys are changed and nothing is lost: values, digests, papers; also when the run is cut short."""

import hmac
import io
import os
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings as django_settings

from leitai import keyring
from leitai.bank import sealed as bank_seals
from leitai.bank import services as bank
from leitai.bank.models import Bank, ItemVersion, Paper, RepairRow
from leitai.base import rotation, sealing
from leitai.base.actor import system
from leitai.base.sealing import Derived, SealedColumn
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.keyring import Keyring
from leitai.people.models import Account, LoginName, Person, Personal
from leitai.units.models import Unit
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, csv_bytes

pytestmark = pytest.mark.django_db

AT = datetime(2022, 4, 1, 1, 0, tzinfo=UTC)
PEOPLE = 5
LATER = datetime(2023, 4, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    """A key directory of the test's own."""
    settings.LEITAI_KEYS = tmp_path / "keys"
    keyring.init(settings.LEITAI_KEYS, entropy=os.urandom, at=AT)
    return settings.LEITAI_KEYS


def id_number(n: int) -> str:
    return f"00010119900101{n:04d}"


def phone(n: int) -> str:
    return f"1990000{n:04d}"


@pytest.fixture
def people(keys):
    """Everybody has an ID number, a phone and an account with both as login names."""
    unit = Unit.objects.create(code="51", name="甲省", level="province", path="51/")
    for n in range(PEOPLE):
        account = Account.objects.create_user(username=f"u{n}")
        person = Person.objects.create(code=f"p{n}", name=f"人{n}", unit=unit, account=account)
        values = {"id_number": id_number(n), "phone": phone(n), "bank_account": f"62220000000{n}"}
        Personal.objects.create(
            person=person,
            **{
                column: sealing.seal(text, place=f"person:{person.pk}:{column}")
                for column, text in values.items()
            },
            id_digest=sealing.digest("id_number", id_number(n)),
            id_tail=sealing.digest("id_tail", id_number(n)[-6:]),
            phone_digest=sealing.digest("phone", phone(n)),
        )
        for kind, text in (("id_number", id_number(n)), ("phone", phone(n))):
            LoginName.objects.create(account=account, kind=kind, digest=sealing.digest(kind, text))
    return Person.objects.order_by("code")


@pytest.fixture
def papers(keys):
    bank.import_items(
        actor=system("tests"),
        bank_code="rs",
        title="人社",
        source=io.BytesIO(csv_bytes([HEADINGS, SINGLE, MULTIPLE])),
        name="题.csv",
        at=AT,
    )
    ring, paper_key = sealing.keyring(), os.urandom(32)
    paper = Paper(code="p1", season="sc", title="试卷", sealed=b"", plain_digest=b"", made_at=AT)
    paper.version = 1
    paper.wrapped_key = ring.wrap("paper", paper_key, b"paper:p1:1", os.urandom(12))
    paper.composition = bank_seals.seal_composition(paper, [(7, 200, "none")])
    paper.save()
    return paper_key


def rotate(purpose: str):
    return keyring.rotate(django_settings.LEITAI_KEYS, purpose, entropy=os.urandom, at=LATER)


def ids_of(column: str) -> set[str]:
    return {text.split(".")[1] for text in Personal.objects.values_list(column, flat=True)}


def numbers(column: str) -> list[str]:
    rows = Personal.objects.order_by("pk").values_list("person_id", column)
    return [sealing.open_sealed(text, place=f"person:{pk}:{column}") for pk, text in rows]


def test_every_sealed_value_of_every_room_goes_over_to_the_new_key(people, papers):
    old = sealing.keyring().current("field")
    made = rotate("field")
    # three numbers of each person, and two items of the bank
    assert rotation.reseal("field") == 3 * PEOPLE + 2
    for column in ("id_number", "phone", "bank_account"):
        assert ids_of(column) == {made.id}
    assert numbers("phone") == [phone(n) for n in range(PEOPLE)]
    opened = bank_seals.opened(ItemVersion.objects.order_by("pk"))
    assert [it.key for it in opened] == ["C", "ABD"]
    assert rotation.reseal("field") == 0
    assert [key.id for key in rotation.prune("field")] == [old.id]
    assert sealing.keyring().all("field") == (made,)
    assert numbers("id_number") == [id_number(n) for n in range(PEOPLE)]


def test_an_interrupted_run_goes_on_where_it_stopped(people, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    old, made = sealing.keyring().current("field"), rotate("field")
    told = []

    def stop(column: str, done: int) -> None:
        told.append((column, done))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.reseal("field", say=stop)
    assert told == [("people.Personal.bank_account", 2)]
    assert ids_of("bank_account") == {old.id, made.id}
    assert rotation.prune("field") == []  # what is half done must not lose its key
    assert rotation.reseal("field") == 3 * PEOPLE - 2
    assert numbers("bank_account") == [f"62220000000{n}" for n in range(PEOPLE)]


@pytest.mark.parametrize("purpose", ["ticket", "web", "results", "ledger"])
def test_keys_that_verify_old_things_are_never_taken_away(purpose):
    rotate(purpose)
    with pytest.raises(DomainError) as refused:
        rotation.prune(purpose)
    assert refused.value.code == "key_kept"
    assert len(sealing.keyring().all(purpose)) == 2


def test_uses_are_counted_by_column_and_key(people):
    old, made = sealing.keyring().current("field"), rotate("field")
    one = Personal.objects.order_by("pk")[0]
    one.phone = sealing.seal(phone(0), place=f"person:{one.person_id}:phone")
    one.save()
    uses = {(it.column, it.key_id): it.values for it in rotation.count_uses("field")}
    assert uses["people.Personal.phone", old.id] == PEOPLE - 1
    assert uses["people.Personal.phone", made.id] == 1
    assert uses["people.Personal.id_number", old.id] == PEOPLE


def test_digests_and_login_names_change_together_with_the_key(people, papers, keys):
    before = set(ItemVersion.objects.values_list("digest", flat=True))
    drafted = keyring.draft(keys, "index", entropy=os.urandom, at=LATER)
    assert rotation.redigest(drafted) == PEOPLE * 2 + 2 + PEOPLE * 2  # columns, items, login names
    assert sealing.keyring().current("index") == drafted.key

    def mac(text: str) -> bytes:  # worked out apart
        return hmac.new(drafted.key.secret, text.encode(), "sha256").digest()

    person = people[3]
    personal = Personal.objects.get(phone_digest=mac(f"phone:{phone(3)}"))
    assert personal.person_id == person.pk
    assert bytes(personal.id_digest) == mac(f"id_number:{id_number(3)}")
    assert bytes(personal.id_tail) == mac(f"id_tail:{id_number(3)[-6:]}")
    names = LoginName.objects.filter(account=person.account).values_list("kind", "digest")
    assert {kind: bytes(digest) for kind, digest in names} == {
        "phone": mac(f"phone:{phone(3)}"),
        "id_number": mac(f"id_number:{id_number(3)}"),
    }
    after = set(ItemVersion.objects.values_list("digest", flat=True))
    assert len(after) == 2
    assert before.isdisjoint(after)
    assert rotation.count_stale_digests() == 0
    assert rotation.redigest() == 0
    report = bank.import_items(
        actor=system("tests"),
        bank_code="rs",
        title="人社",
        source=io.BytesIO(csv_bytes([HEADINGS, SINGLE])),
        name="题.csv",
        at=AT,
    )
    assert (report.added, report.unchanged) == (0, 1)


def test_a_change_of_digests_that_fails_leaves_the_old_key_in_force(people, keys, monkeypatch):
    old = sealing.keyring().current("index")
    digests = set(Personal.objects.values_list("id_digest", flat=True))

    def refuse() -> int:
        raise RuntimeError

    monkeypatch.setitem(sealing._DERIVED, "broken", Derived("broken", (), refuse))
    drafted = keyring.draft(keys, "index", entropy=os.urandom, at=LATER)
    with pytest.raises(RuntimeError):
        rotation.redigest(drafted)
    assert Keyring.load(keys).current("index") == old
    assert set(Personal.objects.values_list("id_digest", flat=True)) == digests


def test_digests_that_lag_behind_their_key_are_found_and_mended(people):
    rotate("index")
    assert rotation.count_stale_digests() == 2 * PEOPLE  # rows of two columns
    assert rotation.count_stale_digests(sample=1) == 2
    with pytest.raises(DomainError) as refused:
        rotation.prune("index")
    assert (refused.value.code, refused.value.data["values"]) == ("key_in_use", 2 * PEOPLE)
    rotation.redigest()
    assert len(rotation.prune("index")) == 1


def test_papers_keep_their_key_and_their_text_under_a_new_wrapping(papers):
    before = Paper.objects.get()
    made = rotate("paper")
    assert rotation.reseal("paper") == 2
    paper = Paper.objects.get()
    ring = sealing.keyring()
    assert ring.unwrap("paper", paper.wrapped_key, b"paper:p1:1") == papers
    assert paper.wrapped_key.split(".")[1] == made.id
    assert bytes(paper.sealed) == bytes(before.sealed)
    assert bank_seals.open_composition(paper) == [(7, 200, "none")]
    assert len(rotation.prune("paper")) == 1
    assert bank_seals.open_composition(Paper.objects.get()) == [(7, 200, "none")]


def test_a_column_may_bring_its_own_place_in_the_row_and_its_own_sealing(keys, monkeypatch):
    """As a secret inside a JSON column that another library writes."""

    def opener(sealed: str, place: str) -> bytes:
        return sealing.keyring().unwrap("field", sealed, place.encode())[::-1]

    def sealer(plain: bytes, place: str) -> str:
        return sealing.keyring().wrap("field", plain[::-1], place.encode(), os.urandom(12))

    column = SealedColumn(
        model="bank.RepairRow",
        column="data",
        entry="secret",
        place="secret:{row.pk}",
        get=lambda row: row.data.get("secret", ""),
        put=lambda row, text: row.data.update(secret=text),
        opener=opener,
        sealer=sealer,
    )
    monkeypatch.setitem(sealing._COLUMNS, column.name, column)
    of = Bank.objects.create(code="rs", title="")
    one = RepairRow.objects.create(bank=of, source="a", row=1, code="x", data={"other": 1})
    two = RepairRow.objects.create(bank=of, source="a", row=2, code="x")
    RepairRow.objects.filter(pk=two.pk).update(
        data={"secret": sealer(b"abc", f"secret:{two.pk}"), "other": 2}
    )
    made = rotate("field")
    assert rotation.reseal("field") == 1
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.data, two.data["other"]) == ({"other": 1}, 2)
    assert two.data["secret"].split(".")[1] == made.id
    assert opener(two.data["secret"], f"secret:{two.pk}") == b"abc"


def test_a_sealed_value_moved_to_another_row_does_not_open(people):
    one, two = Personal.objects.order_by("pk")[:2]
    with pytest.raises(DomainError, match="seal_broken"):
        sealing.open_sealed(one.phone, place=f"person:{two.person_id}:phone")


def test_every_column_that_is_named_exists():
    for purpose in rotation.SEALING:
        for column in sealing.columns(purpose):
            names = {field.name for field in apps.get_model(column.model)._meta.get_fields()}
            wanted = {column.column, *(one.column for one in column.digests)}
            assert wanted <= names, column.name


def test_digests_are_the_suites_mac(keys):
    key = Keyring.load(keys).current("index")
    assert sealing.digest("phone", "1") == suite().mac(key.secret, b"phone:1")
