"""Titles of practice on paper: issued by the office, checked by anybody, fallen with the title."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.base.actor import Actor
from leitai.certificates import selectors, services, token
from leitai.certificates.enums import BatchState, Standing
from leitai.certificates.models import Batch, TitleCertificate
from leitai.certificates.selectors.publishing import status_file
from leitai.certificates.services import batches
from leitai.certificates.services.following import follow_merging
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.keyring import Keyring
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.people import selectors as people
from leitai.people.events import PeopleMerging
from leitai.practice.models import Learner, Title
from leitai.practice.services import recording
from leitai.practice.services.folding import fold_journal
from leitai.seasons.models import Season
from tests.factories import people as make
from tests.factories import practice, seasons
from tests.factories.practice import Taken, at

pytestmark = pytest.mark.django_db
CODE, NAME, PERIOD = "sichuan-2022", "daily-star", "2022-04"
AT = datetime(2022, 5, 2, 2, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = (f"SICHUAN-2022-T-DAILY-STAR-00000{number}" for number in (1, 2, 3))
PRACTICE = "日日学、周周练、月月比"
DESK = f"/office/{CODE}/certificates/titles/"
LEADER = make.actor("leader", season=CODE, account="8")
LOST = date(2022, 4, 3)
DAYS = {"p-5101-1": 15, "p-5101-2": 16, "p-5101-3": 14, "": 15}  # fifteen make a star


@pytest.fixture
def season() -> Season:
    """Two of 成都 and somebody of the public studied on fifteen days of April, one on fourteen."""
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    versions = practice.questions(5)
    learners = [practice.learner(one) for one in make.people("5101", 3)] + [practice.learner()]
    for learner, days in zip(learners, DAYS.values(), strict=True):
        taken = [at(f"2022-04-{day:02} 09:00") for day in range(1, days + 1)]
        practice.take(versions, [Taken(learner.pk, "daily", one, "11111") for one in taken])
    fold_journal(at=at("2022-05-01 03:00"))
    assert Title.objects.filter(title=NAME, lost_on=None).count() == 3
    return season


@pytest.fixture
def office(season: Season) -> Actor:
    account = make.account("officer", "office", season=CODE)
    return make.actor("office", season=CODE, unit="51/", account=str(account.pk))


def issue(season: Season, office: Actor) -> list[TitleCertificate]:
    return services.issue_titles(actor=office, season=season, name=NAME, period=PERIOD, at=AT)


def learner_of(person: str) -> Learner:
    return Learner.objects.get(person__code=person)


def take_back(person: str, *, give: bool = False) -> None:
    """Fifteen days become fourteen, or fifteen again."""
    learner = learner_of(person).pk
    (row,) = (one for one in practice.acts() if (one.learner, one.day) == (learner, LOST))
    acts, officer = [(row.day, row.source)], make.actor("office", season=CODE, unit="51/")
    if give:
        recording.restore_acts(actor=officer, learner=learner, acts=acts, reason="申诉成立", at=AT)
    else:
        recording.void_acts(
            actor=officer, learner=learner, acts=acts, reason="抽查不符", by="suspicion:1", at=AT
        )


def test_everybody_with_a_name_who_holds_the_title_gets_one_and_only_one(season, office):
    made = issue(season, office)
    assert [(one.serial, one.holder, one.title, one.unit) for one in made] == [
        (FIRST, "选手1", "日日学之星", "成都市"),
        (SECOND, "选手2", "日日学之星", "成都市"),
    ]
    assert all(selectors.paper_of(one).read_bytes().startswith(b"%PDF") for one in made)
    assert [one.serial for one in issue(season, office)] == [FIRST, SECOND]  # nothing new
    entry = LedgerEntry.objects.get(act="certificates.titles_issued")
    told = canonical.decode(bytes(entry.payload))["data"]
    assert (told["count"], told["period"], told["title"]) == (2, PERIOD, "日日学之星")


def test_it_says_title_period_and_reason_and_is_signed(season, office):
    one = issue(season, office)[0]
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    said = canonical.decode(bytes(one.payload))
    assert {name: said[name] for name in ("kind", "serial", "holder", "delegation", "award")} == {
        "kind": "title-certificate",
        "serial": FIRST,
        "holder": "选手1",
        "delegation": "成都市",
        "award": "日日学之星",
    }
    assert said["basis"] == "2022-04：“日日学”15天，已满15天，授予“日日学之星”"
    assert suite("lt1").verify(key.public, bytes(one.payload), bytes(one.signature))
    assert one.sheet["body"] == [f"在2022年4月{PRACTICE}中成绩突出，达到授予条件，被评为"]
    assert (one.sheet["award"], one.sheet["salutation"]) == ("“日日学之星”", "同志")
    assert ["依据", said["basis"]] in one.sheet["facts"]
    assert one.token.startswith(f"{token.VERSION}.")


def test_the_public_check_and_the_list_for_strangers_know_it(season, office, client):
    issue(season, office)
    page = client.get(f"/c/{FIRST}/").content.decode()
    assert "k-ok" in page
    assert "日日学之星" in page
    assert "已满15天" in page
    assert "代表队" not in page
    assert '"SICHUAN-2022-T-DAILY-STAR-":2' in status_file(at=AT)["body"]
    altered = TitleCertificate.objects.get(serial=SECOND)
    TitleCertificate.objects.filter(pk=altered.pk).update(holder="别人")
    assert selectors.check_serial(SECOND, at=AT).standing == Standing.BROKEN


def test_a_title_that_is_lost_has_its_certificate_proposed_for_revocation(season, office):
    issue(season, office)
    take_back("p-5101-1")
    waiting = ProcrastinateJob.objects.filter(task_name="certificates.after_loss")
    assert [job.args for job in waiting] == [{"season": CODE}]
    asked = services.propose_after_loss(season=CODE, at=AT)
    assert asked is not None
    assert (asked.state, asked.proposed_by, asked.preview) == (
        "open",
        office.account,
        [f"作废证书{FIRST}：选手1已失去称号“日日学之星”。"],
    )
    assert services.propose_after_loss(season=CODE, at=AT) is None  # safe to repeat
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    check = selectors.check_serial(FIRST, at=AT)
    assert check.standing == Standing.REVOKED
    assert check.certificate.revoked_reason == "积分扣回后不再符合授予条件，称号已失去"
    assert selectors.check_serial(SECOND, at=AT).standing == Standing.VALID
    assert FIRST in status_file(at=AT)["body"]


def test_a_title_given_back_before_the_approval_keeps_its_certificate(season, office):
    issue(season, office)
    take_back("p-5101-1")
    asked = services.propose_revoking_lost(actor=office, season=season, at=AT)
    take_back("p-5101-1", give=True)
    with pytest.raises(DomainError, match="certificate_none_lost"):
        ledger.approve(actor=LEADER, proposal=asked, at=AT)
    assert selectors.check_serial(FIRST, at=AT).standing == Standing.VALID


def test_a_title_given_back_later_gets_another_number_to_which_the_old_one_points(season, office):
    issue(season, office)
    take_back("p-5101-1")
    asked = services.propose_revoking_lost(actor=office, season=season, at=AT)
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    take_back("p-5101-1", give=True)
    assert [one.serial for one in issue(season, office)] == [SECOND, THIRD]
    check = selectors.check_serial(FIRST, at=AT)
    assert (check.standing, check.certificate.superseded_by.serial) == (
        Standing.SUPERSEDED,
        THIRD,
    )


@pytest.mark.parametrize(("anew", "after"), [(True, [SECOND, THIRD]), (False, [SECOND])])
def test_one_that_was_misprinted_is_made_anew_and_one_withheld_never_again(
    season, office, anew, after
):
    first = issue(season, office)[0]
    asked = services.propose_revoking(
        actor=office, certificate=first, reason="姓名有误", anew=anew, at=AT
    )
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    assert [one.serial for one in issue(season, office)] == after


def test_a_large_issue_is_a_job_that_tells_how_far_it_is(season, office, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    values = {"actor": office, "season": season, "name": NAME, "period": PERIOD, "at": AT}
    batch = services.start_titles(**values)
    assert (batch.state, batch.total, TitleCertificate.objects.count()) == ("numbering", 2, 0)
    with pytest.raises(DomainError, match="certificate_batch_running"):
        services.start_titles(**values)
    done = services.carry_batch(batch=batch.pk, at=AT)
    assert (done.state, done.done, done.total, done.refusal) == (BatchState.DONE, 2, 2, [])
    assert all(one.pdf for one in TitleCertificate.objects.all())


def test_the_office_issues_on_its_desk_and_the_learner_downloads(season, office):
    desk, own = Client(), Client()
    account = make.account("desk", "office", season=CODE)
    desk.force_login(account)
    page = desk.get(DESK).content.decode()
    assert "2022年4月" in page
    assert "生成2张" in page
    assert "另有社会公众1人在内" in page
    sent = desk.post(f"{DESK}issue/", {"title": NAME, "period": PERIOD})
    assert (sent.status_code, sent["Location"]) == (302, f"{DESK}?title={NAME}")
    assert FIRST in desk.get(DESK).content.decode()
    printed = desk.get(f"{DESK}all.pdf", {"title": NAME, "period": PERIOD})
    assert b"".join(printed.streaming_content).startswith(b"%PDF")
    assert Batch.objects.count() == 0
    person = people.get_person("p-5101-1")
    person.account = make.account("holder")
    person.save()
    Learner.objects.filter(person=person).update(account=str(person.account_id))
    own.force_login(person.account)
    titles = own.get(f"/practice/{CODE}/titles/").content.decode()
    assert re.search(rf'href="/c/{FIRST}/pdf/"', titles)
    assert SECOND not in titles
    paper = own.get(f"/c/{FIRST}/pdf/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert own.get(f"/c/{SECOND}/pdf/").status_code == 404
    take_back("p-5101-1")
    ledger.approve(
        actor=LEADER,
        proposal=services.propose_revoking_lost(actor=office, season=season, at=AT),
        at=AT,
    )
    titles = own.get(f"/practice/{CODE}/titles/").content.decode()
    assert "证书已作废" in titles
    assert "/pdf/" not in titles


def test_nobody_else_issues_and_a_title_that_the_rules_lack_is_none(season, office):
    manager = make.actor("unit_manager", season=CODE, unit="51/")
    with pytest.raises(DomainError, match="forbidden"):
        issue(season, manager)
    values = {"actor": office, "season": season, "period": PERIOD, "at": AT}
    with pytest.raises(DomainError, match="not_found"):
        services.start_titles(**values, name="scholar")
    assert Proposal.objects.count() == 0


def test_its_design_is_the_office_s(season, office):
    services.set_design(
        actor=office,
        season=season,
        award=f"title.{NAME}",
        given={"body": "在{period}{stage}中表现优异，授予", "signers": "省人社厅"},
        uploads={},
        removed=[],
        at=AT,
    )
    one = issue(season, office)[0]
    assert one.sheet["body"] == [f"在2022年4月{PRACTICE}中表现优异，授予"]
    assert one.sheet["signers"] == ["省人社厅"]
    seen = selectors.preview_of(season, f"title.{NAME}", {}, row=0, at=AT)
    assert (seen.rows, seen.problems, seen.png[:4]) == (2, (), b"\x89PNG")


def test_two_records_of_one_person_keep_the_older_certificate(season, office):
    issue(season, office)
    kept, gone = people.get_person("p-5101-1"), people.get_person("p-5101-2")
    follow_merging(PeopleMerging(gone.pk, kept.pk, office, AT))
    assert selectors.check_serial(FIRST, at=AT).standing == Standing.VALID
    assert selectors.check_serial(SECOND, at=AT).standing == Standing.SUPERSEDED
    assert not TitleCertificate.objects.filter(person=gone).exists()
