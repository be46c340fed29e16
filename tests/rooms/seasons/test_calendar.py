"""Windows that move, dates of one's own, reminders, what is overdue, and the calendar as a file."""

from datetime import UTC, datetime, timedelta

import pytest

from leitai.base.actor import Actor, AppointmentRef
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Delivery, Message
from leitai.people import selectors as people_reads
from leitai.seasons import selectors, services
from leitai.seasons.models import CalendarFeed
from leitai.seasons.selectors import feeds
from leitai.seasons.selectors.dates import dates_page
from leitai.units import selectors as units
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FINAL = make.WINDOWS["final"]
SELECTION_ENDS = make.WINDOWS["selection"][1]


def move(season, name="final", days=1, **more):
    opens_at, closes_at = make.WINDOWS[name]
    return services.set_window(
        actor=make.OFFICE,
        season=selectors.get_season(season.code),
        name=name,
        opens_at=opens_at + days * DAY,
        closes_at=closes_at + days * DAY,
        **{"at": make.AT + DAY} | more,
    )


def refused(code, call, *args, **named):
    with pytest.raises(DomainError) as caught:
        call(*args, **named)
    assert caught.value.code == code
    return text_of(caught.value)


def lines_of(data):
    """The file's lines as RFC 5545 unfolds them; each physical line was checked before."""
    physical = data.split(b"\r\n")
    assert physical.pop() == b""
    assert max(map(len, physical)) <= 75
    whole: list[bytes] = []
    for line in physical:
        if line.startswith(b" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [line.decode() for line in whole]


def event(lines, name):
    """The properties of the event of that name, by the name of each."""
    for start in (at for at, line in enumerate(lines) if line == "BEGIN:VEVENT"):
        end = lines.index("END:VEVENT", start)
        found = dict(line.split(":", 1) for line in lines[start + 1 : end])
        if found["UID"].split("@")[0] == name:
            return found
    return None


def test_a_window_that_moves_while_the_season_runs_needs_a_reason_and_keeps_the_old():
    season = make.opened()
    said = refused("window_moved_reason", move, season)
    assert said == "全省总决赛已经公布，改动须填写原因；原来的时间会保留备查。"
    move(season, reason="赛点检修", notice="补充通知第1号")
    row = next(row for row in dates_page(season).rows if row.name == "final")
    assert (row.window.opens_at, row.window.reason) == (FINAL[0] + DAY, "赛点检修")
    assert [one.opens_at for one in row.earlier] == [FINAL[0]]
    assert dates_page(season).notices == ("补充通知第1号",)


def test_the_same_window_again_changes_nothing():
    season = make.opened()
    before = LedgerEntry.objects.filter(chain=make.CODE).count()
    move(season, days=0)
    assert season.windows.filter(name="final").count() == 1
    assert LedgerEntry.objects.filter(chain=make.CODE).count() == before


def test_one_delegation_may_have_a_later_date_of_its_own():
    season = make.opened()
    said = refused("window_own_reason", move, season, "selection", -1, delegation="5103")
    assert said.startswith("自贡市的市（州）选拔赛与其他队不同。")
    late = move(season, "selection", 9, delegation="5103", reason="防汛")
    one, other = (units.get_delegation(season.code, code) for code in ("5101", "5103"))
    assert selectors.window_of(season, "selection", other) == late
    assert selectors.window_of(season, "selection", one).closes_at == SELECTION_ENDS
    assert selectors.window_of(season, "selection").closes_at == SELECTION_ENDS
    acts = LedgerEntry.objects.filter(chain=make.CODE, act="calendar.own")
    assert acts.count() == 1


def test_the_late_delegation_hands_in_when_the_others_no_longer_may():
    season = make.opened()
    move(season, "selection", 9, delegation="5103", reason="防汛")
    late = SELECTION_ENDS + DAY
    for unit, expected in (("5101", "nomination_late"), ("5103", "")):
        listed = [one.code for one in people.people(unit, 1)]
        make.eligible(listed)
        asked = {"season": season, "stage": "selection", "delegation": unit, "people": listed}
        if expected:
            refused(expected, services.nominate, actor=make.OFFICE, at=late, **asked)
        else:
            report = services.nominate(actor=make.OFFICE, at=late, **asked)
            assert len(report.accepted) == 1


def test_its_own_date_is_told_to_that_delegation_alone():
    season = make.opened()
    own = people.account("zigong", "unit_manager", unit="5103", season=make.CODE)
    people.account("chengdu", "unit_manager", unit="5101", season=make.CODE)
    move(season, "selection", 9, delegation="5103", reason="防汛")
    message = Message.objects.get(title="“市（州）选拔赛”的时间已调整")
    assert message.body.endswith("原因：防汛")
    assert set(message.deliveries.values_list("account", "channel")) == {(own.pk, "inbox")}


def test_whoever_has_not_handed_in_is_reminded_once_before_it_closes():
    season = make.opened()
    manager = people.account("zigong", "unit_manager", unit="5103", season=make.CODE)
    people.account("province", "unit_manager", unit="51", season=make.CODE)
    early = SELECTION_ENDS - timedelta(days=3, minutes=1)
    assert services.remind_due(at=early) == 0
    assert services.remind_due(at=early + DAY) == 1
    services.remind_due(at=early + 2 * DAY)
    told = Delivery.objects.filter(message__kind="task")
    assert list(told.values_list("account", "channel")) == [(manager.pk, "inbox")]
    assert told[0].message.title == "报送市（州）选拔赛名单：请在6月10日（星期五）18:00前办理"
    make.nominated(season, "5103", 1)
    assert not [one for one in selectors.list_duties(season, at=early) if one.who == "自贡市"]


def test_reminders_are_off_at_nought_days_and_moved_windows_remind_anew():
    season = make.opened()
    people.account("zigong", "unit_manager", unit="5103", season=make.CODE)
    at = SELECTION_ENDS - DAY
    services.set_reminders(actor=make.OFFICE, season=season, days=0, loud=False, at=make.AT)
    assert services.remind_due(at=at) == 0
    services.set_reminders(actor=make.OFFICE, season=season, days=2, loud=True, at=make.AT)
    assert services.remind_due(at=at) == 1
    move(season, "selection", -1, delegation="5103", reason="提前")
    services.remind_due(at=at - timedelta(hours=1))
    assert Message.objects.filter(kind="task").count() == 2
    refused(
        "remind_days",
        services.set_reminders,
        actor=make.OFFICE,
        season=season,
        days=31,
        loud=False,
        at=make.AT,
    )


def test_what_is_overdue_says_whose():
    season = make.opened()
    make.nominated(season, "5101", 1)
    move(season, "selection", 9, delegation="5103", reason="防汛")
    first, row = selectors.overdue_of(season, at=SELECTION_ENDS)
    assert (first.what, first.who) == ("填写日程“公布大纲题库”", ["组委会办公室"])
    assert (row.what, row.due) == ("报送市（州）选拔赛名单", SELECTION_ENDS)
    assert len(row.who) == 20  # 22 delegations without 成都, which sent, and 自贡, which has time
    assert not {"成都市", "自贡市"} & set(row.who)
    later = selectors.overdue_of(season, at=SELECTION_ENDS + 9 * DAY)
    assert [(one.who, one.due) for one in later][2:] == [(["自贡市"], SELECTION_ENDS + 9 * DAY)]


def test_a_day_of_the_notice_without_a_window_is_the_offices_duty():
    season = make.opened()
    due = [one for one in selectors.list_duties(season, at=make.AT) if one.key == "date:syllabus"]
    # The day 3月31日 counts whole, where the committee lives.
    assert [(one.what, one.due) for one in due] == [
        ("填写日程“公布大纲题库”", datetime(2022, 3, 31, 16, 0, tzinfo=UTC))
    ]


def test_the_season_as_a_calendar_file():
    season = make.opened()
    lines = lines_of(feeds.season_feed(season))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "VERSION:2.0" in lines
    final = event(lines, "sichuan-2022.final")
    assert final["DTSTART"] == "20220818T013000Z"
    assert final["DTEND"] == "20220818T030000Z"
    assert (final["SUMMARY"], final["SEQUENCE"]) == ("全省总决赛", "0")
    assert lines.count("BEGIN:VEVENT") == 3


def test_a_change_keeps_the_uid_and_raises_the_sequence():
    season = make.opened()
    before = event(lines_of(feeds.season_feed(season)), "sichuan-2022.final")
    move(season, reason="场馆，电力；检修" * 12, notice="补充通知第1号")
    after = event(lines_of(feeds.season_feed(season)), "sichuan-2022.final")
    assert before["UID"] == after["UID"]
    assert (after["SEQUENCE"], after["DTSTART"]) == ("1", "20220819T013000Z")
    assert after["DTSTAMP"] == "20220402T010000Z"
    assert "场馆，电力；检修" in after["DESCRIPTION"]
    assert "\\n" in after["DESCRIPTION"]


def test_a_delegations_own_date_stands_beside_the_others_in_public_and_instead_in_its_own():
    season = make.opened()
    move(season, "selection", 9, delegation="5103", reason="防汛")
    public = lines_of(feeds.season_feed(season))
    assert event(public, "sichuan-2022.selection")["DTEND"] == "20220610T100000Z"
    assert event(public, "sichuan-2022.selection.5103")["DTEND"] == "20220619T100000Z"
    manager = people.account("zigong", "unit_manager", unit="5103", season=make.CODE)
    actor = people_reads.actor_of(manager, at=make.AT)
    mine = lines_of(feeds.write_calendar("我的", feeds.personal_events(actor)))
    own = event(mine, "sichuan-2022.selection")
    assert (own["DTEND"], own["SEQUENCE"]) == ("20220619T100000Z", "1")
    assert event(mine, "sichuan-2022.selection.5103") is None


def test_whoever_serves_all_seasons_has_those_that_concern_the_own_unit():
    season = make.opened()
    inside = people.account("chengdu", "unit_manager", unit="5101", season="")
    neighbour = Actor("9", "别省的人", "", (AppointmentRef("unit_manager", "15/1501/", ""),))
    found = feeds.seasons_of(people_reads.actor_of(inside, at=make.AT))
    assert [one.code for one in found] == [season.code]
    assert feeds.seasons_of(neighbour) == []


def test_a_personal_address_is_kept_as_a_digest_and_dies_when_made_anew():
    make.opened()
    account = people.account("zigong", "unit_manager", unit="5103", season=make.CODE)
    actor = people_reads.actor_of(account, at=make.AT)
    first = services.make_feed(actor=actor, at=make.AT)
    assert first.encode() not in bytes(CalendarFeed.objects.get().digest)
    assert feeds.reader_of_feed(first, at=make.AT).account == str(account.pk)
    second = services.make_feed(actor=actor, at=make.AT)
    refused("not_found", feeds.reader_of_feed, first, at=make.AT)
    services.drop_feed(actor=actor)
    refused("not_found", feeds.reader_of_feed, second, at=make.AT)


def test_the_public_calendar_pages(client):
    make.opened()
    page = client.get(f"/s/{make.CODE}/calendar/")
    assert page.status_code == 200
    assert "全省总决赛" in page.content.decode()
    file = client.get(f"/s/{make.CODE}/calendar.ics")
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event(lines_of(file.content), "sichuan-2022.final")


def test_the_calendar_of_a_season_in_preparation_is_closed_to_the_public(client):
    make.draft()
    assert client.get(f"/s/{make.CODE}/calendar.ics").status_code == 404


def test_nobody_but_the_office_sets_reminders():
    season = make.opened()
    supervisor = people.actor("supervisor", season=make.CODE)
    for actor in (supervisor, HOUSE):
        refused(
            "forbidden",
            services.set_reminders,
            actor=actor,
            season=season,
            days=1,
            loud=False,
            at=make.AT,
        )
