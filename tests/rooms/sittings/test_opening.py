"""When papers are opened: at T0 by the record of the house, before it by two officers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leitai import keyring
from leitai.bank.models import PaperOpening
from leitai.base import sealing
from leitai.design.moments import moment_text
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.sittings import services, tasks
from leitai.sittings.models import Exam
from tests.factories import people as make
from tests.factories import sittings as hall
from tests.world import HOME

REASON = "赛点断网，须印制纸质试卷"


@pytest.fixture
def exam(world):
    return world.home.ahead


@pytest.fixture
def officer():
    """Of the home season: the appointments' unit path is the province's."""
    return lambda role="exam_officer", season=HOME: make.actor(role, season=season, account=role)


def acts(code: str) -> list[tuple[str, dict]]:
    rows = LedgerEntry.objects.filter(chain=HOME, act=code).order_by("seq")
    return [(row.subject, canonical.decode(bytes(row.payload))["data"]) for row in rows]


def propose(actor, exam, at=None) -> Proposal:
    return services.propose_early_opening(
        actor=actor, exam=exam, reason=REASON, at=at or timezone.now()
    )


def test_two_officers_open_a_paper_before_t0(world, exam, officer):
    one, two = officer(), officer("office")
    assert one.account != two.account
    proposal = propose(one, exam)
    assert proposal.state == "open"
    assert not PaperOpening.objects.filter(early=True).exists()
    assert "6个座位" in " ".join(proposal.preview)
    with pytest.raises(DomainError, match="proposal_own"):
        ledger.approve(actor=one, proposal=proposal, at=timezone.now())
    at = timezone.now()
    ledger.approve(actor=two, proposal=proposal, at=at)
    opening = PaperOpening.objects.get(early=True)
    assert (opening.paper_id, opening.opened_at, opening.proposal) == (
        exam.paper_id,
        at,
        proposal.pk,
    )
    [(subject, data)] = acts("paper.opened_early")
    assert (subject, data["reason"], data["proposal"]) == (
        f"paper:{exam.paper.code}",
        REASON,
        proposal.pk,
    )


def test_the_preview_names_every_exam_that_the_paper_is_opened_for(world, exam, officer):
    later = Exam.objects.create(
        code="second", stage=exam.stage, event=exam.event, title="第二场", paper=exam.paper,
        opens_at=exam.opens_at + timedelta(hours=3), closes_at=exam.closes_at + timedelta(hours=3),
    )  # fmt: skip
    over = timezone.now() - timedelta(hours=1)
    Exam.objects.create(
        code="over", stage=exam.stage, event=exam.event, title="已考完的", paper=exam.paper,
        opens_at=over - timedelta(hours=1), closes_at=over,
    )  # fmt: skip
    preview = propose(officer(), exam).preview
    assert [exam.title in preview[1], later.title in preview[2]] == [True, True]
    assert moment_text(later.opens_at, "full") in preview[2]
    assert "0个座位" in preview[2]
    assert "已考完的" not in "".join(preview)


@pytest.mark.parametrize(("role", "season"), [("exam_officer", "away-2022"), ("supervisor", HOME)])
def test_others_cannot_propose_nor_approve(world, exam, officer, role, season):
    stranger = officer(role, season)
    with pytest.raises(DomainError, match="forbidden"):
        propose(stranger, exam)
    proposal = propose(officer(), exam)
    with pytest.raises(DomainError, match="forbidden"):
        ledger.approve(actor=stranger, proposal=proposal, at=timezone.now())
    assert not PaperOpening.objects.exists()


def test_a_paper_that_is_open_is_not_opened_again(world, exam, officer):
    proposal = propose(officer(), exam)
    hall.start(exam, timezone.now(), minutes=1)
    assert services.record_openings(at=timezone.now()) >= 1
    with pytest.raises(DomainError, match="paper_open_already"):
        ledger.approve(actor=officer("office"), proposal=proposal, at=timezone.now())
    with pytest.raises(DomainError, match="paper_open_already"):
        propose(officer("office"), exam)


def test_t0_is_recorded_once_by_the_minutes_round(world, exam):
    past = world.home.past
    tasks.record_openings(0)
    tasks.record_openings(0)
    assert [
        (subject, data["opened_at"], data["by"])
        for subject, data in acts("paper.opened")
        if subject == f"paper:{past.paper.code}"
    ] == [(f"paper:{past.paper.code}", ledger.instant(past.opens_at), "sittings")]
    assert not PaperOpening.objects.filter(paper=exam.paper).exists()  # its T0 is ahead
    services.record_openings(at=exam.opens_at)
    opening = PaperOpening.objects.get(paper=exam.paper)
    assert (opening.early, opening.opened_at) == (False, exam.opens_at)


def test_t0_of_a_paper_opened_early_is_not_recorded_again(world, exam, officer):
    proposal = propose(officer(), exam)
    ledger.approve(actor=officer("office"), proposal=proposal, at=timezone.now())
    services.record_openings(at=exam.opens_at + timedelta(minutes=1))
    assert [row.early for row in PaperOpening.objects.filter(paper=exam.paper)] == [True]


def test_the_console_offers_it_before_t0_and_leads_to_the_proposal(sign_in, exam):
    client = sign_in("exam_officer")
    here = f"/office/{HOME}/exams/{exam.code}/"
    assert f"{here}open-early/" in client.get(here).content.decode()
    empty = client.post(f"{here}open-early/", {"reason": ""})
    assert (empty.status_code, "这个字段是必填项" in empty.content.decode()) == (422, True)
    done = client.post(f"{here}open-early/", {"reason": REASON})
    proposal = Proposal.objects.get()
    assert (done.status_code, done.headers["Location"]) == (302, f"/acts/{proposal.pk}/")
    hall.start(exam, timezone.now(), minutes=1)
    assert "open-early" not in client.get(here).content.decode()


def test_admission_codes_outlive_the_ticket_key(world, exam, tmp_path, settings):
    import shutil

    shutil.copytree(settings.LEITAI_KEYS, tmp_path / "keys")
    settings.LEITAI_KEYS = tmp_path / "keys"
    rows = list(exam.sittings.order_by("pk"))
    before = services.admission_codes(exam, rows)
    keyring.rotate(settings.LEITAI_KEYS, "ticket", entropy=lambda n: b"\x07" * n)
    assert sealing.keyring().current("ticket").secret == b"\x07" * 32
    assert services.admission_codes(exam, rows) == before
    assert len(set(before.values())) == 6
