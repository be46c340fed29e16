"""A card for one day: bound to person, duty, event and the first device that shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people import selectors, services
from leitai.people.models import Pass, Person
from leitai.people.selectors.passes import actor_of_pass
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

SEASON = "home-2022"
EVENT = "决赛上午场"
DAY = date(2022, 7, 15)
MORNING = datetime(2022, 7, 15, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai
OFFICER = make.actor("exam_officer", season=SEASON)


@pytest.fixture
def bearer(db):
    load_packaged()
    return make.people("5101", 1)[0]


def issue(bearer, *, role="judge", day=DAY, at=MORNING, actor=OFFICER, unit="51", event=EVENT):
    return services.issue_pass(
        actor=actor,
        person=bearer,
        role=role,
        unit=units.get_unit(unit),
        season=SEASON,
        event=event,
        day=day,
        at=at,
    )


def refused(call, **data):
    with pytest.raises(DomainError) as caught:
        call(**data)
    return caught.value.code


def use(card, *, device="one", at=MORNING):
    return services.use_pass(code=card.shown, device=device, at=at)


def test_a_card_gives_only_its_duty_on_its_device_and_day(bearer):
    card = issue(bearer)
    account = Person.objects.get(pk=bearer.pk).account
    services.appoint(
        actor=HOUSE,
        account=account,
        role="unit_manager",
        unit=units.get_unit("5101"),
        since=make.SINCE,
        at=make.SINCE,
    )
    held = use(card)
    actor = actor_of_pass(held.pk, account, "one", at=MORNING)
    assert [(ref.role, ref.unit_path, ref.season) for ref in actor.appointments] == [
        ("judge", "51/", SEASON)
    ]
    assert (actor.person, actor.name) == (bearer.code, bearer.name)
    last = datetime(2022, 7, 15, 15, 59, tzinfo=UTC)
    assert actor_of_pass(held.pk, account, "one", at=last).has("judge", season=SEASON)
    assert not actor_of_pass(held.pk, account, "one", at=last + timedelta(minutes=1)).known
    assert not actor_of_pass(held.pk, account, "two", at=MORNING).known
    assert not actor_of_pass(held.pk, make.account("other"), "one", at=MORNING).known


def test_only_the_digest_of_the_code_is_kept(bearer):
    card = issue(bearer)
    assert bytes(Pass.objects.get().digest).hex() not in card.code.lower()
    stored = str(list(LedgerEntry.objects.values_list("payload", flat=True)))
    assert card.code not in stored


def test_another_device_is_refused_until_the_officer_releases(bearer):
    card = issue(bearer)
    held = use(card)
    assert use(card).pk == held.pk
    assert refused(use, card=card, device="two") == "pass_other_device"
    services.release_device(actor=OFFICER, held=held, at=MORNING)
    account = Person.objects.get(pk=bearer.pk).account
    assert not actor_of_pass(held.pk, account, "one", at=MORNING).known
    assert use(card, device="two").pk == held.pk
    assert refused(use, card=card, device="one") == "pass_other_device"


@pytest.mark.parametrize(("hours", "code"), [(-10, "pass_not_today"), (15, "pass_not_today")])
def test_a_card_is_good_on_its_day_alone(bearer, hours, code):
    card = issue(bearer, at=MORNING - timedelta(days=1))
    assert refused(use, card=card, at=MORNING + timedelta(hours=hours)) == code


def test_a_new_card_ends_the_older_and_withdrawing_ends_it_at_once(bearer):
    older, newer = issue(bearer), issue(bearer)
    assert refused(use, card=older) == "pass_withdrawn"
    held = use(newer)
    services.withdraw_pass(actor=OFFICER, held=held, at=MORNING)
    account = Person.objects.get(pk=bearer.pk).account
    assert not actor_of_pass(held.pk, account, "one", at=MORNING).known
    assert refused(use, card=newer) == "pass_withdrawn"


def test_a_card_for_another_event_of_the_day_leaves_the_first_good(bearer):
    morning, afternoon = issue(bearer), issue(bearer, event="决赛下午场")
    assert use(morning).withdrawn_at is None
    assert use(afternoon).withdrawn_at is None
    assert not LedgerEntry.objects.filter(act="pass.withdrawn").exists()


def test_each_card_that_a_new_one_ends_is_in_the_record(bearer):
    older, newer = issue(bearer), issue(bearer)
    told = LedgerEntry.objects.filter(chain=SEASON, act__startswith="pass.").order_by("seq")
    assert list(told.values_list("act", "subject")) == [
        ("pass.issued", f"pass:{older.held.pk}"),
        ("pass.withdrawn", f"pass:{older.held.pk}"),
        ("pass.issued", f"pass:{newer.held.pk}"),
    ]


def test_what_no_card_is_given_for(bearer):
    assert refused(issue, bearer=bearer, role="office") == "pass_role"
    assert refused(issue, bearer=bearer, day=date(2022, 7, 14)) == "pass_past"
    city = make.actor("local_office", season=SEASON, unit="51/5103/")
    assert refused(issue, bearer=bearer, actor=city) == "forbidden"
    assert refused(issue, bearer=bearer, actor=make.actor("supervisor")) == "forbidden"
    account = services.account_of(Person.objects.get(pk=bearer.pk), at=make.SINCE)
    services.appoint(
        actor=HOUSE,
        account=account,
        role="team_leader",
        unit=units.get_unit("5101"),
        season=SEASON,
        since=make.SINCE,
        at=make.SINCE,
    )
    fresh = Person.objects.get(pk=bearer.pk)
    assert refused(issue, bearer=fresh) == "separation_leads_team"


def test_the_bearer_comes_in_by_the_page_with_the_duty_alone(bearer):
    now = timezone.now()
    card = issue(bearer, role="timekeeper", day=timezone.localdate(now), at=now)
    client = Client()
    answer = client.post("/pass/", {"code": card.shown.lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/home/")
    actor = client.get("/pass/").wsgi_request.actor
    assert [ref.role for ref in actor.appointments] == ["timekeeper"]
    other = Client().post("/pass/", {"code": card.shown})
    assert other.status_code == 422
    assert "已绑定另一台设备" in other.content.decode()
    for own in ("/account/", "/me/person/", "/account/two/", "/account/password/change/"):
        assert client.get(own).headers.get("Location") == "/home/", own
    services.withdraw_pass(actor=OFFICER, held=Pass.objects.get(), at=now)
    assert not client.get("/pass/").wsgi_request.actor.known
    assert client.get("/account/").headers["Location"].startswith("/account/login/")


def test_wrong_codes_use_up_the_tries_of_an_address(bearer):
    client = Client()
    answers = [
        client.post("/pass/", {"code": f"{number:016d}"}).status_code for number in range(21)
    ]
    assert answers == [422] * 20 + [429]


def test_the_account_of_a_bearer_has_no_password(bearer):
    issue(bearer)
    account = selectors.get_person(bearer.code).account
    assert not account.has_usable_password()
