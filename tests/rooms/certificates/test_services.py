"""Serials without gaps, signatures that hold, papers, corrections and revocations."""

import re
import threading
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from leitai.base.actor import NOBODY
from leitai.certificates import selectors, services
from leitai.certificates import serials as serials_of
from leitai.certificates.models import Certificate, Series
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.kernel.suites import suite
from leitai.keyring import Keyring
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Person
from leitai.results.models import Award
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE

SUPERVISOR = make.actor("supervisor", season=CODE, account="8")


def issue(season, actor=OFFICE):
    return services.issue_certificates(actor=actor, season=season, at=AT)


def ask(certificate, reason="姓名有误", actor=OFFICE):
    return services.propose_revoking(actor=actor, certificate=certificate, reason=reason, at=AT)


def serials():
    return list(Certificate.objects.order_by("serial").values_list("serial", flat=True))


@pytest.fixture
def season(db):
    season = small.at_final()
    small.held(season, "final")
    return season


def test_every_award_gets_a_number_of_its_kind(season):
    issued = issue(season)
    assert serials() == [
        "2022-SMALL-CONTEST-FIRST-0001",
        "2022-SMALL-CONTEST-SCHOLAR-0001",
        "2022-SMALL-CONTEST-SECOND-0001",
        "2022-SMALL-CONTEST-STAR-0001",
        "2022-SMALL-CONTEST-STAR-0002",
        "2022-SMALL-CONTEST-STAR-0003",
        "2022-SMALL-CONTEST-STAR-0004",
    ]
    assert sorted(one.serial for one in issued) == serials()
    assert {one.holder for one in issued if one.award.entry is None} == {
        "自贡市代表队",
        "成都市代表队",
    }


def test_payload_says_everything_and_is_signed_by_the_results_key(season):
    issue(season)
    scholar = Certificate.objects.get(serial="2022-SMALL-CONTEST-SCHOLAR-0001")
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    assert canonical.decode(bytes(scholar.payload)) == {
        "award": "人社知识通",
        "basis": "总决赛个人总分94.00分，列第1名，授予“人社知识通”",
        "delegation": "自贡市",
        "holder": "选手1",
        "issued": "2022-07-18T02:00:00.000000Z",
        "issuer": "比武活动办公室",
        "key": key.fingerprint,
        "kind": "certificate",
        "season": CODE,
        "serial": "2022-SMALL-CONTEST-SCHOLAR-0001",
        "suite": "lt1",
        "title": "2022年度窗口业务练兵比武",
    }
    assert (scholar.key_id, len(bytes(scholar.signature))) == (key.id, 64)
    assert suite("lt1").verify(key.public, bytes(scholar.payload), bytes(scholar.signature))


def pages(path):
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def test_papers_are_a_file_each_one_an_award_and_one_of_all(season):
    issued = issue(season)
    folder = settings.LEITAI_FILES / "certificates" / CODE
    many = {"all-first.pdf": 1, "all-second.pdf": 1, "all-scholar.pdf": 1, "all-star.pdf": 4}
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [f"{one.serial}.pdf" for one in issued] + ["all.pdf", *many]
    )
    assert {name: pages(folder / name) for name in many} == many
    assert (pages(folder / "all.pdf"), pages(folder / f"{issued[0].serial}.pdf")) == (7, 1)


def test_repeating_issues_nothing_new_and_writes_what_is_missing(season):
    first = issue(season)
    lost = settings.LEITAI_FILES / first[0].pdf
    lost.unlink()
    again = issue(season)
    assert [one.pk for one in again] == [one.pk for one in first]
    assert (lost.is_file(), Certificate.objects.count()) == (True, 7)
    assert LedgerEntry.objects.filter(act="certificates.issued").count() == 1


def test_preview_needs_no_result(db):
    season = small.open_season()
    made = selectors.preview_of(season, "first", {}, row=3, at=AT)
    assert (made.holder, made.rows, made.png[:4]) == ("某某代表队", 0, b"\x89PNG")


def test_nothing_is_issued_before_confirmation(db):
    season = small.at_final()
    with pytest.raises(DomainError) as refused:
        issue(season)
    assert (refused.value.code, refused.value.data) == (
        "certificates_not_confirmed",
        {"stage": "总决赛"},
    )


def test_nothing_is_issued_while_a_correction_is_under_way(season):
    small.score(season, "final", {"5101-1": (8900, 3200, 3000)})
    with pytest.raises(DomainError, match="certificates_stale"):
        issue(season)


def test_only_the_office_issues_and_revokes(season):
    with pytest.raises(DomainError, match="forbidden"):
        issue(season, NOBODY)
    [one, *_] = issue(season)
    with pytest.raises(DomainError, match="forbidden"):
        ask(one, actor=NOBODY)


def test_name_that_no_font_has_is_refused_before_any_number_is_given(season):
    Person.objects.filter(code="p-5103-1").update(name="𠮷知秋")
    with pytest.raises(Problems) as refused:
        issue(season)
    assert [(one.code, dict(one.data)) for one in refused.value.problems] == [
        (
            "certificate_glyph_missing",
            {
                "holder": "𠮷知秋",
                "award": "人社知识通",
                "part": "获奖者姓名",
                "text": "𠮷知秋",
                "character": "𠮷",
            },
        )
    ]
    assert (Certificate.objects.count(), Series.objects.count()) == (0, 0)


def test_revoked_by_two_officers_once_and_with_a_reason(season):
    [one, *_] = issue(season)
    with pytest.raises(DomainError, match="certificate_reason_empty"):
        ask(one, "  ")
    held = ask(one)
    one.refresh_from_db()
    assert (held.state, one.revoked_at) == ("open", None)
    assert held.preview[0] == (f"作废证书{one.serial}：获奖者{one.holder}，奖项“{one.title}”。")
    with pytest.raises(DomainError, match="proposal_own"):
        ledger.approve(actor=OFFICE, proposal=held, at=AT)
    ledger.approve(actor=SUPERVISOR, proposal=held, at=AT)
    one.refresh_from_db()
    assert (one.revoked_at, one.revoked_reason) == (AT, "姓名有误")
    with pytest.raises(DomainError, match="certificate_revoked"):
        ask(one, "再次")
    record = LedgerEntry.objects.get(act="certificate.revoked")
    assert (record.subject, record.actor) == (f"certificate:{one.serial}", SUPERVISOR.account)
    told = canonical.decode(bytes(LedgerEntry.objects.get(act="deed.done").payload))["data"]
    assert (told["officers"], told["proposer"], told["by"]) == (2, OFFICE.name, SUPERVISOR.name)
    assert one.serial not in [held.serial for held in services.write_documents(season=season)]


@pytest.mark.parametrize(
    ("role", "unit", "answer"),
    [
        ("office", "51/", "done"),
        ("leader", "51/", "done"),
        ("supervisor", "51/", "done"),
        ("supervisor", "51/5101/", "forbidden"),
        ("local_office", "51/", "forbidden"),
        ("operator", "51/", "forbidden"),
    ],
)
def test_who_approves_a_revocation(season, role, unit, answer):
    held = ask(issue(season)[0])
    other = make.actor(role, season=CODE, unit=unit, account="8")
    if answer == "done":
        assert ledger.approve(actor=other, proposal=held, at=AT).state == answer
    else:
        with pytest.raises(DomainError, match=answer):
            ledger.approve(actor=other, proposal=held, at=AT)


def test_county_hosted_season_revokes_at_once_and_the_record_says_so(season):
    [one, *_] = issue(season)
    Unit.objects.filter(pk=season.host.pk).update(level="county")
    one.award.season.host.refresh_from_db()
    held = ask(one)
    one.refresh_from_db()
    assert (held.state, one.revoked_reason) == ("alone", "姓名有误")
    told = canonical.decode(bytes(LedgerEntry.objects.get(act="deed.done").payload))["data"]
    assert (told["officers"], told["level"]) == (1, "county")


def test_certificate_that_fell_meanwhile_is_not_revoked_again(season):
    [one, *_] = issue(season)
    held = ask(one)
    Certificate.objects.filter(pk=one.pk).update(revoked_at=AT, revoked_reason="成绩更正")
    with pytest.raises(DomainError, match="certificate_revoked"):
        ledger.approve(actor=SUPERVISOR, proposal=held, at=AT)
    held.refresh_from_db()
    assert held.state == "open"


def test_number_of_a_failed_issue_is_given_again(season):
    def issue_and_fail():
        with transaction.atomic():
            issue(season)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        issue_and_fail()
    assert Series.objects.count() == 0
    issue(season)
    assert serials()[0] == "2022-SMALL-CONTEST-FIRST-0001"


@pytest.mark.django_db(transaction=True)
def test_two_issuers_at_once_give_each_number_once():
    """Two real connections: the second waits for the first, finds its work done, adds nothing."""
    season = small.at_final()
    small.held(season, "final")
    start, failures, given = threading.Barrier(2), [], []

    def work():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                given.append(cursor.fetchone()[0])
            start.wait(10)
            issue(season)
        except BaseException as error:  # noqa: BLE001  (a thread's failure is the test's)
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (failures, len(set(given))) == ([], 2)
    assert [serial.rsplit("-", 1)[1] for serial in serials() if "STAR" in serial] == [
        "0001",
        "0002",
        "0003",
        "0004",
    ]
    assert (len(serials()), Certificate.objects.count()) == (7, 7)


@pytest.mark.django_db(transaction=True)
def test_two_seasons_of_one_rulebook_share_a_series_without_gap_or_twin():
    """The series' row is the lock: two seasons draw from it at once and nobody waits in a ring.

    Every third transaction fails after it has drawn, and leaves no gap.
    """
    season = small.at_final()
    small.held(season, "final")
    rulebook = small.rulebook.load(small.TEXT)
    awards = list(Award.objects.filter(award="star"))
    start, got, failures = threading.Barrier(2), [], []

    def draw(number):
        with transaction.atomic():
            drawn = serials_of.draw(awards, rulebook)
            if number % 3 == 2:
                raise RuntimeError("power cut")
        got.extend(drawn.values())

    def work():
        try:
            start.wait(10)
            for number in range(6):
                with suppress(RuntimeError):
                    draw(number)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    numbers = sorted(int(serial.rsplit("-", 1)[1]) for serial in got)
    assert numbers == list(range(1, 33))  # 2 issuers × 4 that held × 4 awards


def test_numbers_foreseen_are_those_that_are_drawn(season):
    rulebook = small.rulebook.load(small.TEXT)
    awards = list(Award.objects.all())
    foreseen = serials_of.foresee(awards, rulebook)
    assert serials_of.draw(awards, rulebook) == foreseen
    assert set(serials_of.foresee(awards, rulebook).values()).isdisjoint(foreseen.values())
