import json

import pytest

from leitai.ledger import selectors, services
from leitai.ledger.models import LedgerEntry
from tests.factories import people
from tests.factories import seasons as make

pytestmark = pytest.mark.django_db
PAGE = f"/ledger/{make.CODE}/"


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def as_role(client):
    def sign(role, season=make.CODE):
        if role:
            client.force_login(people.account(f"a-{role}", role, season=season))
        return client

    return sign


@pytest.mark.parametrize(
    ("role", "status"),
    [("", 302), ("unit_manager", 403), ("exam_officer", 403), ("supervisor", 200), ("office", 200)],
)
def test_chain_page_opens_for(as_role, role, status):
    make.draft()
    assert as_role(role).get(PAGE).status_code == status


def test_chain_page_of_another_season_stays_shut(as_role):
    make.draft()
    assert as_role("supervisor", season="other").get(PAGE).status_code == 403


def test_chain_page_reads_only(as_role):
    make.draft()
    assert as_role("supervisor").post(PAGE).status_code == 405


def test_chain_page_lists_newest_first_in_words(as_role):
    season = make.draft()
    make.set_windows(season)
    page = text_of(as_role("supervisor").get(PAGE))
    assert page.index("全省总决赛") < page.index("建立代表队") < page.index("建立赛季")
    assert "6条记录首尾相连" in page  # the appointment is one of them
    assert "蒲清越" in page


def test_chain_page_names_the_first_broken_link(as_role):
    make.draft()
    LedgerEntry.objects.filter(chain=make.CODE, seq=2).update(subject="season:x")
    page = text_of(as_role("supervisor").get(PAGE))
    assert ("自第2条起不相连" in page, "记录被改动过" in page) == (True, True)


def test_chain_page_turns_pages(as_role):
    make.draft()
    for number in range(60):
        services.append(
            chain=make.CODE,
            actor=make.OFFICE,
            act="calendar.set",
            subject="season:x",
            data={"title": f"第{number}项"},
            at=make.AT,
        )
    client = as_role("supervisor")
    assert ("第59项" in text_of(client.get(PAGE)), "第9项" in text_of(client.get(PAGE))) == (
        True,
        False,
    )
    assert "第9项" in text_of(client.get(f"{PAGE}?page=2"))
    assert client.get(f"{PAGE}?page=nonsense").status_code == 200


@pytest.mark.parametrize("entries", [1, 3])
def test_chain_page_takes_as_many_queries_however_many_rows(
    as_role, django_assert_num_queries, entries
):
    season = make.draft()
    for _ in range(entries):
        make.set_windows(season)
    client = as_role("supervisor")
    client.get(PAGE)
    with django_assert_num_queries(8):
        client.get(PAGE)


def test_line_of_an_act_nobody_named_shows_its_code():
    entry = services.append(
        chain="s", actor=make.OFFICE, act="moon.landed", subject="moon:1", data={}, at=make.AT
    )
    line = selectors.lines([entry])[0]
    assert (line.title, line.detail, line.subject) == ("moon.landed", "", "moon:1")
    assert json.loads(line.payload)["data"] == {"by": "蒲清越"}


def test_line_of_an_older_form_shows_no_detail():
    entry = services.append(
        chain="s", actor=make.OFFICE, act="calendar.set", subject="x", data={}, at=make.AT
    )
    assert selectors.lines([entry])[0].detail == ""


def test_checked_tail_gives_verdict_and_newest_lines(django_assert_num_queries):
    make.draft()
    with django_assert_num_queries(1):
        verdict, lines = selectors.checked_tail(make.CODE, 1)
    assert (verdict.ok, verdict.count, [line.seq for line in lines]) == (True, 2, [2])
