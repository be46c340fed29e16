import threading
from datetime import timedelta

import pytest
from django.db import connection

from leitai.base import events
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Person
from leitai.rulebook.data import FactIn
from leitai.seasons import services
from leitai.seasons.events import EntriesConfirmed
from leitai.seasons.models import Entry
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE, csv_file

pytestmark = pytest.mark.django_db


def nominate(season, codes, *, unit="5101", actor=make.OFFICE, at=make.AT):
    return services.nominate(
        actor=actor, season=season, stage="selection", delegation=unit, people=codes, at=at
    )


def refused(season, codes, **options):
    with pytest.raises(DomainError) as caught:
        nominate(season, codes, **options)
    error = caught.value
    return [one.code for one in error.problems] if isinstance(error, Problems) else error.code


def codes_of(unit, count, prefix="p"):
    codes = [person.code for person in people.people(unit, count, prefix=prefix)]
    make.eligible(codes)
    return codes


def test_nominate_enters_people_under_numbered_codes():
    season = make.opened()
    report = nominate(season, codes_of("5101", 3))
    assert [(entry.code, entry.person.code, entry.state) for entry in report.accepted] == [
        ("2022-5101-01", "p-5101-1", "nominated"),
        ("2022-5101-02", "p-5101-2", "nominated"),
        ("2022-5101-03", "p-5101-3", "nominated"),
    ]
    assert report.refused == ()
    later = nominate(season, codes_of("5101", 1, prefix="q"))
    assert [entry.code for entry in later.accepted] == ["2022-5101-04"]


def test_nominate_refuses_with_the_sentence_of_the_notice_and_the_fact():
    season = make.opened()
    codes = codes_of("5101", 4)
    rows = (
        "person,kind,key,value,from,to,source\n"
        "p-5101-2,contest,练兵比武全国总决赛,,2019-09-20,,档案\n"
        "p-5101-3,title,全国人社知识通,,2020-10-01,,人社部通报\n"
    )
    services.import_facts(actor=HOUSE, source=csv_file(rows), at=make.AT)
    untitled = people.people("5101", 1, prefix="q")[0].code
    report = nominate(season, [*codes, untitled])
    assert [entry.person.code for entry in report.accepted] == ["p-5101-1", "p-5101-4"]
    told = {one.person: [(bar.title, bar.source) for bar in one.refusals] for one in report.refused}
    assert told == {
        "p-5101-2": [
            (
                "往届现场比试选手",
                "已参加过2019年以来练兵比武省际邀请赛、全国总决赛和全国法治知识竞赛现场比试的",
            )
        ],
        "p-5101-3": [("全国称号获得者", "已获得全国“人社知识通”称号的")],
        "q-5101-1": [
            ("练兵称号和积分", "在2022年度未获得“日日学之星”称号、“周周练”积分低于1000分的")
        ],
    }
    fact = report.refused[0].refusals[0].fact
    assert isinstance(fact, FactIn)
    assert (fact.key, fact.since.isoformat(), fact.source) == (
        "练兵比武全国总决赛",
        "2019-09-20",
        "档案",
    )


def test_nominate_fills_the_quota_and_no_more():
    season = make.opened()
    codes = codes_of("5101", 41)
    assert refused(season, codes) == "quota_full"
    assert Entry.objects.count() == 0
    assert len(nominate(season, codes[:40]).accepted) == 40
    assert refused(season, codes[40:]) == "quota_full"
    assert len(nominate(season, codes_of("5103", 40), unit="5103").accepted) == 40


def test_nominate_does_not_count_the_barred_towards_the_quota():
    season = make.opened()
    barred = people.people("5101", 1, prefix="q")[0].code
    report = nominate(season, [*codes_of("5101", 40), barred])
    assert (len(report.accepted), len(report.refused)) == (40, 1)


def test_nominate_again_gives_the_same_entries():
    season = make.opened()
    codes = codes_of("5101", 2)
    assert nominate(season, codes) == nominate(season, codes)
    assert LedgerEntry.objects.filter(act="entries.nominated").count() == 1


def test_nominate_takes_people_of_any_unit_below():
    season = make.opened()
    assert len(nominate(season, codes_of("510104", 1)).accepted) == 1
    assert len(nominate(season, codes_of("51-province", 1), unit="51-province").accepted) == 1


def test_nominate_refuses_a_list_that_is_wrong_in_itself():
    season = make.opened()
    codes = codes_of("5101", 1)
    foreign = codes_of("5103", 1)
    assert refused(season, [*codes, *codes, *foreign, "nobody"]) == [
        "person_listed_twice",
        "person_foreign",
        "person_unknown",
    ]
    assert Entry.objects.count() == 0


def test_nominate_refuses_before_and_after_its_window():
    season = make.opened()
    codes = codes_of("5101", 1)
    opens_at, closes_at = make.WINDOWS["selection"]
    second = timedelta(seconds=1)
    assert refused(season, codes, at=opens_at - second) == "nomination_early"
    assert refused(season, codes, at=closes_at + second) == "nomination_late"
    assert len(nominate(season, codes, at=closes_at).accepted) == 1


def test_nominate_needs_an_open_season():
    season = make.draft()
    assert refused(season, codes_of("5101", 1)) == "season_not_open"


def test_nominate_is_for_the_office_and_the_delegations_own_manager():
    season = make.opened()
    codes = codes_of("5101", 1)
    for unit in ("51/5103/", "51/5101/510104/"):
        manager = people.actor("unit_manager", season=season.code, unit=unit)
        assert refused(season, codes, actor=manager) == "forbidden"
    manager = people.actor("unit_manager", season=season.code, unit="51/5101/")
    assert len(nominate(season, codes, actor=manager).accepted) == 1


def test_nominate_only_where_names_are_nominated():
    season = make.opened()
    with pytest.raises(DomainError, match="stage_not_nomination"):
        services.nominate(
            actor=make.OFFICE,
            season=season,
            stage="final",
            delegation="5101",
            people=[],
            at=make.AT,
        )


def test_confirm_entries_closes_a_delegations_list():
    season = make.opened()
    make.nominated(season, "5101", 2)
    make.nominated(season, "5103", 1)
    heard = []
    events.in_transaction(EntriesConfirmed, heard.append)
    confirm = {"actor": make.OFFICE, "season": season, "stage": "selection", "at": make.AT}
    codes = services.confirm_entries(delegation="5101", **confirm)
    assert codes == ("2022-5101-01", "2022-5101-02")
    assert heard == [EntriesConfirmed(season.code, "selection", codes)]
    assert refused(season, codes_of("5101", 1, prefix="q")) == "nomination_confirmed"
    assert services.confirm_entries(**confirm) == ("2022-5103-01",)
    assert services.confirm_entries(**confirm) == ()
    events._inside[EntriesConfirmed].remove(heard.append)


def test_nominate_a_whole_season_takes_few_queries(django_assert_max_num_queries):
    season = make.opened()
    codes = codes_of("5101", 40)
    with django_assert_max_num_queries(24):
        nominate(season, codes)


@pytest.mark.django_db(transaction=True)
def test_nominate_by_two_at_once_never_passes_the_quota():
    season = make.opened()
    lists = [codes_of("5101", 30, prefix="p"), codes_of("5101", 30, prefix="q")]
    start = threading.Barrier(2)
    outcomes = []

    def send(codes):
        start.wait()
        try:
            outcomes.append(len(nominate(season, codes).accepted))
        except DomainError as error:
            outcomes.append(error.code)
        connection.close()

    senders = [threading.Thread(target=send, args=[codes]) for codes in lists]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(outcomes, key=str) == [30, "quota_full"]
    assert Entry.objects.count() == 30


QUOTA = "    quota: {per: delegation, count: 40, source: 分别选拔产生40名参加全省晋级赛选手}\n"
CAPS = "    caps:\n      - {per: unit, count: 2, source: 同一单位不超过2人}\n"


def capped():
    """The packaged season with a bound for each unit beside the quota."""
    from pathlib import Path

    from leitai import rulebook

    text = (Path(rulebook.__file__).parent / "library" / f"{make.CODE}.yaml").read_text("utf-8")
    return text.replace(QUOTA, QUOTA + CAPS, 1)


def test_nominate_keeps_to_the_bounds_of_units_that_the_rulebook_sets(monkeypatch):
    monkeypatch.setattr(make.services, "create_season", _created_as(capped()))
    season = make.opened()
    codes = codes_of("510104", 3)
    assert refused(season, codes) == "nomination_over"
    nominate(season, codes[:2])
    with pytest.raises(DomainError) as over:
        nominate(season, codes[2:])
    told = over.value.data
    assert (told["of"], told["limit"], told["standing"], told["wanted"], told["source"]) == (
        "锦江区",
        2,
        2,
        1,
        "同一单位不超过2人",
    )
    nominate(season, codes_of("510105", 2, prefix="q"))
    assert Entry.objects.count() == 4


def test_a_replacement_keeps_to_the_bounds_as_if_the_one_replaced_had_gone(monkeypatch):
    """Two of one unit and one of another: no third of the first, but another for one of the two."""
    monkeypatch.setattr(make.services, "create_season", _created_as(capped()))
    season = make.opened()
    nominate(season, codes_of("510104", 2))
    nominate(season, codes_of("510105", 1, prefix="q"))
    make.eligible([one.code for one in people.people("510104", 2, prefix="r")])

    def replace(short, person):
        return services.replace_entry(
            actor=make.OFFICE,
            season=season,
            stage="selection",
            entry=Entry.objects.get(person__code=short),
            person=Person.objects.get(code=person),
            reason="因公出差",
            at=make.AT,
        )

    with pytest.raises(DomainError) as over:
        replace("q-510105-1", "r-510104-1")
    told = over.value.data
    assert (over.value.code, told["of"], told["limit"], told["standing"], told["source"]) == (
        "replacement_over",
        "锦江区",
        2,
        2,
        "同一单位不超过2人",
    )
    assert Entry.objects.get(person__code="q-510105-1").state == "nominated"
    assert replace("p-510104-1", "r-510104-1").state == "nominated"


def _created_as(text):
    real = services.create_season

    def create(*, rulebook, **more):
        return real(rulebook=text, code=rulebook, **more)

    return create
