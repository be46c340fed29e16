"""After a correction: what fell is proposed by itself, replaced by two officers, and linked."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.certificates import selectors, services
from leitai.certificates.enums import BatchState
from leitai.certificates.models import Batch, Certificate
from leitai.certificates.services import batches
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.people.models import Person
from leitai.results.models import StageResult
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.planting import copied, once

pytestmark = pytest.mark.django_db
LEADER = make.actor("leader", season=CODE, account="8")
P = "2022-SMALL-CONTEST-"


def plant():
    season = small.at_final()
    small.held(season, "final")
    return season


planted = once(plant)
season = copied


@pytest.fixture
def corrected(season):
    """Issued, then 5101-1 is found to have overtaken 5103-1: another scholar, teams exchanged."""
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    small.score(season, "final", {"5101-1": (9500, 3600, 3000)})
    small.held(season, "final")
    return season


def successors():
    found = Certificate.objects.exclude(revoked_at=None).order_by("serial")
    return {
        one.serial.removeprefix(P): one.superseded_by and one.superseded_by.serial.removeprefix(P)
        for one in found
    }


def test_issuing_does_not_take_a_certificate_away(corrected):
    with pytest.raises(DomainError) as refused:
        services.issue_certificates(actor=OFFICE, season=corrected, at=AT)
    assert (refused.value.code, refused.value.data) == ("certificate_fallen", {"count": 5})
    assert (Certificate.objects.count(), successors()) == (7, {})


def test_two_officers_replace_all_that_fell_and_each_old_number_names_the_new(corrected):
    asked = services.propose_replacing(actor=OFFICE, season=corrected, reason="", at=AT)
    assert (asked.state, asked.reason, successors()) == ("open", "成绩更正，已换发", {})
    assert asked.preview[0] == (
        "换发证书2022-SMALL-CONTEST-FIRST-0001：自贡市代表队由“一等奖”改为“二等奖”。"
    )
    assert asked.preview[-2:] == [
        "作废证书2022-SMALL-CONTEST-STAR-0003：选手2不再获“岗位练兵明星”。",
        "新发证书：获奖者选手2，奖项“岗位练兵明星”。",
    ]
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    # The teams exchange places. 5101-1 was star and is scholar; 5103-1 was scholar and is star;
    # 5103-2, star only because 5103-1 was scholar, holds nothing; 5101-2 is star without before.
    assert successors() == {
        "FIRST-0001": "SECOND-0002",
        "SECOND-0001": "FIRST-0002",
        "SCHOLAR-0001": "STAR-0006",
        "STAR-0002": "SCHOLAR-0002",
        "STAR-0003": None,
    }
    holding = services.write_documents(season=corrected)
    assert sorted(one.serial.removeprefix(P) for one in holding) == [
        "FIRST-0002",
        "SCHOLAR-0002",
        "SECOND-0002",
        "STAR-0001",
        "STAR-0004",
        "STAR-0005",
        "STAR-0006",
    ]
    assert all(selectors.paper_of(one).is_file() for one in holding)


def test_confirming_the_correction_proposes_it_and_approval_is_all_that_is_left(corrected):
    waiting = ProcrastinateJob.objects.filter(task_name="certificates.after_correction")
    assert [job.args for job in waiting] == [{"season": CODE}]  # one, however many awards changed
    account = make.account("confirmer", "office", season=CODE)
    StageResult.objects.filter(stage__code="final").update(confirmed_by=str(account.pk))
    asked = services.propose_after_correction(season=CODE, at=AT)
    assert (asked.state, asked.proposed_by) == ("open", str(account.pk))
    assert services.propose_after_correction(season=CODE, at=AT) is None  # safe to repeat
    assert Proposal.objects.filter(deed=selectors.REPLACE).count() == 1
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    assert services.propose_after_correction(season=CODE, at=AT) is None
    assert len(successors()) == 5


def test_what_a_ruling_put_in_place_is_proposed_by_who_confirmed_before_it(corrected):
    """The house confirms what a ruling brings about: it holds no office that could propose."""
    account = make.account("confirmer", "office", season=CODE)
    versions = StageResult.objects.filter(stage__code="final")
    versions.filter(version=1).update(confirmed_by=str(account.pk))
    versions.filter(version=2).update(confirmed_by="system:results")
    asked = services.propose_after_correction(season=CODE, at=AT)
    assert (asked.state, asked.proposed_by) == ("open", str(account.pk))


def test_nothing_is_proposed_while_everything_stands(season):
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    assert services.propose_after_correction(season=CODE, at=AT) is None
    with pytest.raises(DomainError, match="certificate_none_fallen"):
        services.propose_replacing(actor=OFFICE, season=season, reason="", at=AT)


@pytest.mark.parametrize("role", ["local_office", "unit_manager", "operator"])
def test_others_do_not_propose(corrected, role):
    other = make.actor(role, season=CODE, account="9")
    with pytest.raises(DomainError, match="forbidden"):
        services.propose_replacing(actor=other, season=corrected, reason="", at=AT)


def test_misprinted_name_is_made_anew_under_another_number(season):
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    old = Certificate.objects.get(serial=f"{P}SCHOLAR-0001")
    Person.objects.filter(code="p-5103-1").update(name="㛃䶮")
    with pytest.raises(DomainError, match="certificate_reason_empty"):
        services.propose_reissuing(actor=OFFICE, certificate=old, reason=" ", at=AT)
    asked = services.propose_reissuing(actor=OFFICE, certificate=old, reason="姓名用字有误", at=AT)
    assert asked.preview[0].endswith("换发后姓名为㛃䶮。")
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    old.refresh_from_db()
    new = old.superseded_by
    assert (new.serial, new.holder, new.revoked_at) == (f"{P}SCHOLAR-0002", "㛃䶮", None)
    assert (old.revoked_at, old.revoked_reason, old.award_id) == (AT, "姓名用字有误", new.award_id)
    acts = list(LedgerEntry.objects.order_by("-pk").values_list("act", flat=True)[:3])
    assert acts == ["deed.done", "certificates.issued", "certificate.revoked"]


def revoked(serial):
    old = Certificate.objects.get(serial=serial)
    asked = services.propose_revoking(actor=OFFICE, certificate=old, reason="违反纪律", at=AT)
    ledger.approve(actor=LEADER, proposal=asked, at=AT)


def test_certificate_revoked_for_good_does_not_come_back_with_the_next_issue(season):
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    revoked(f"{P}SCHOLAR-0001")
    assert selectors.stand_of(season).new == 0
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    assert not Certificate.objects.filter(serial=f"{P}SCHOLAR-0002").exists()
    small.score(season, "final", {"5101-1": (8900, 3200, 3000)})  # nobody's place changes
    small.held(season, "final")
    assert selectors.stand_of(season).new == 0


def test_certificate_that_was_withheld_is_made_anew_on_request(season):
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    revoked(f"{P}SCHOLAR-0001")
    old = Certificate.objects.get(serial=f"{P}SCHOLAR-0001")
    asked = services.propose_reissuing(actor=OFFICE, certificate=old, reason="处理已撤销", at=AT)
    later = AT + timedelta(days=1)
    ledger.approve(actor=LEADER, proposal=asked, at=later)
    old.refresh_from_db()
    assert (old.superseded_by.serial, old.withheld) == (f"{P}SCHOLAR-0002", False)
    assert (old.revoked_at, old.revoked_reason) == (AT, "违反纪律")
    assert selectors.stand_of(season).new == 0
    with pytest.raises(DomainError, match="certificate_revoked"):
        services.propose_reissuing(actor=OFFICE, certificate=old, reason="再次", at=later)


def test_large_issue_is_a_batch_that_tells_how_far_it_is(monkeypatch, season):
    account = make.account("officer", "office", season=CODE)
    officer = make.actor("office", season=CODE, unit="51/", account=str(account.pk))
    monkeypatch.setattr(batches, "AT_ONCE", 3)
    batch = services.start_issuing(actor=officer, season=season, at=AT)
    assert (batch.state, batch.total, Certificate.objects.count()) == ("numbering", 7, 0)
    with pytest.raises(DomainError, match="certificate_batch_running"):
        services.start_issuing(actor=officer, season=season, at=AT)
    done = services.carry_batch(batch=batch.pk, at=AT)
    assert (done.state, done.done, done.total) == (BatchState.DONE, 7, 7)
    assert all(one.pdf for one in Certificate.objects.all())


def test_batch_that_would_not_print_names_the_person_and_issues_nothing(monkeypatch, season):
    account = make.account("officer", "office", season=CODE)
    Person.objects.filter(code="p-5103-1").update(name="𠮷知秋")
    batch = Batch.objects.create(season=season, total=7, by=str(account.pk), started_at=AT)
    done = services.carry_batch(batch=batch.pk, at=AT)
    assert (done.state, Certificate.objects.count()) == (BatchState.REFUSED, 0)
    [line] = done.refusal
    assert line.startswith("𠮷知秋（人社知识通）：获奖者姓名“𠮷知秋”中的“𠮷”")


def test_a_paper_that_says_another_place_is_replaced_and_the_line_says_which(season):
    """In the heat 5103-2 now has 90.50 before the 90.00 of 5103-1: star for the first place."""
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    small.score(season, "heat", {"5103-2": (9050, 3400, 2800)})
    for stage in ("heat", "final"):
        small.held(season, stage)
    asked = services.propose_replacing(actor=OFFICE, season=season, reason="", at=AT)
    assert asked.preview == [f"换发证书{P}STAR-0003：选手2的“岗位练兵明星”由第2名改为第1名。"]
