"""A small world for pages: two seasons, everybody's accounts, one exam past and one ahead.

Built through the services that people use, from the small contest of `tests/factories`. Roles are
appointed in the home season only; everything under `AWAY` is foreign to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import leitai.bank
from leitai import rulebook
from leitai.bank import services as bank
from leitai.bank.models import Paper
from leitai.base.actor import Actor
from leitai.certificates import services as certificates
from leitai.people import privacy
from leitai.people import services as people
from leitai.people.enums import ADMINISTRATORS, Role
from leitai.people.models import Account
from leitai.people.services import NewPerson
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam, Sitting
from leitai.units import selectors as units
from leitai.units import services as delegating
from tests.factories import people as make
from tests.factories.results import FINAL, HEAT, HOMES, TEXT
from tests.factories.units import HOUSE, load_packaged

HOME, AWAY, DONE = "home-2022", "away-2022", "done-2022"
PASSWORD = make.PASSWORD
NOBODYS = "900000009"  # no real account is ever numbered so: who decided here handles no case
ROLES = tuple(Role.values)
LOCAL = (
    "unit_manager",
    "local_office",
    "team_leader",
)  # those of 成都; the others' is the province
NAMES = {
    "office": "蒲清越",
    "exam_officer": "岳望舒",
    "supervisor": "尤见山",
    "unit_manager": "贺知秋",
    "item_writer": "邰知微",
    "operator": "闻守一",
    "security_admin": "阮思齐",
    "audit_admin": "桑既明",
    "leader": "厉慎行",
    "item_reviewer": "褚亦真",
    "publicity": "花令仪",
    "expert": "晏同舟",
    "local_office": "于沐阳",
    "team_leader": "路长歌",
    "judge": "平若衡",
    "chief_invigilator": "钟正则",
    "invigilator": "严可久",
    "patrol": "游牧之",
    "host": "言如玉",
    "timekeeper": "时不移",
    "visitor": "来如真",
    "tally_clerk": "计无双",
    "contestant": "申时雨",
}
SINCE = make.SINCE
LAW = rulebook.load(TEXT)
BANK = Path(leitai.bank.__file__).parent / "data" / "bank-rsfw.csv"


@dataclass(frozen=True, slots=True)
class Held:
    """One season: the heat sat, marked and published, the final seated and `hours` ahead."""

    season: Season
    office: Actor
    officer: Actor
    papers: tuple[Paper, ...]
    past: Exam
    ahead: Exam
    result: StageResult

    def sitting(self, exam: Exam, entry: str = "5101-1") -> Sitting:
        return exam.sittings.get(entry__code=f"2022-{entry}")


@dataclass(frozen=True, slots=True)
class World:
    now: datetime
    home: Held
    away: Held
    accounts: dict[str, Account] = field(default_factory=dict)


def build() -> World:
    """Everything, inside the caller's transaction."""
    now = datetime.now(UTC).replace(microsecond=0)
    load_packaged()
    bank.import_items(
        actor=HOUSE,
        bank_code="rsfw",
        title="窗口业务题库",
        source=BANK,
        name=BANK.name,
        at=SINCE,
    )
    accounts = _accounts()
    home = hold(HOME, now=now, accounts=accounts)
    away = hold(AWAY, now=now)
    return World(now, home, away, accounts)


def finish(world: World) -> Held:
    """A third season of the home season's people, carried to its certificates; its office is ours."""
    held = hold(DONE, now=world.now, people_of=HOME)
    _score(held.season, held.office, world.now, "final", FINAL, people_of=HOME)
    _decide(held.season, held.office, "final", world.now)
    certificates.issue_certificates(actor=held.office, season=held.season, at=world.now)
    _appoint(world.accounts["office"], "office", season=DONE)
    return held


def hold(
    code: str,
    *,
    now: datetime,
    accounts: dict[str, Account] | None = None,
    people_of: str = "",
) -> Held:
    """A season from its rulebook to a published heat and a seated final."""
    office = make.actor("office", season=code, account=NOBODYS)
    officer = make.actor("exam_officer", season=code, account=NOBODYS)
    season = _open(code, office, now)
    papers = bank.compose_papers(
        actor=HOUSE,
        season_code=code,
        event=LAW.events["exam"],
        bank_codes=["rsfw"],
        codes=[f"{code}-heat", f"{code}-final"],
        titles=["晋级赛试卷", "总决赛试卷"],
        seed=code,
        at=SINCE,
    )
    if not people_of:
        _register(code, accounts or {})
    _nominate(season, office, people_of or code, now)
    _decide(season, office, "selection", now)
    past = _exam(season, officer, "heat", papers[0], now - timedelta(hours=3), now)
    _end(past)
    _score(season, office, now, "heat", HEAT, people_of=people_of or code)
    result = _decide(season, office, "heat", now)
    ahead = _exam(season, officer, "final", papers[1], now + timedelta(hours=2), now)
    return Held(season, office, officer, papers, past, ahead, result)


def _open(code: str, office: Actor, now: datetime) -> Season:
    season = seasons.create_season(actor=HOUSE, rulebook=TEXT, code=code, at=SINCE)
    delegating.make_delegations(actor=office, season_code=code, rulebook=LAW, at=SINCE)
    for key in LAW.assumptions:
        seasons.confirm_assumption(actor=office, season=season, key=key, at=SINCE)
    for name in LAW.calendar:
        seasons.set_window(
            actor=office,
            season=season,
            name=name,
            opens_at=now - timedelta(days=20),
            closes_at=now + timedelta(days=30),
            at=SINCE,
        )
    return seasons.open_season(actor=office, season=season, at=SINCE)


def _codes(of: str, unit: str) -> list[str]:
    return [f"{of}-{unit}-{number}" for number in range(1, HOMES[unit] + 1)]


def _register(of: str, accounts: dict[str, Account]) -> None:
    """The people of the heat's table; the first of 成都 is the contestant who can sign in."""
    for unit in HOMES:
        codes = _codes(of, unit)
        first = accounts.get("contestant") if unit == "5101" else None
        news = [
            NewPerson(
                one,
                NAMES["contestant"] if first and one == codes[0] else f"选手{unit}{number}",
                unit,
                first.username if first and one == codes[0] else "",
            )
            for number, one in enumerate(codes, start=1)
        ]
        people.create_people(actor=HOUSE, people=news, at=SINCE)


def _nominate(season: Season, office: Actor, people_of: str, now: datetime) -> None:
    for unit in HOMES:
        seasons.nominate(
            actor=office,
            season=season,
            stage="selection",
            delegation=unit,
            people=_codes(people_of, unit),
            at=now,
        )
    seasons.confirm_entries(actor=office, season=season, stage="selection", at=now)


def _decide(season: Season, office: Actor, stage: str, now: datetime) -> StageResult:
    result = results.compute_stage(actor=office, season=season, stage=stage, at=now)
    results.confirm_result(actor=office, result=result, at=now)
    return results.publish_result(actor=office, result=result, at=now)


def _exam(
    season: Season, officer: Actor, stage: str, paper: Paper, opens: datetime, now: datetime
) -> Exam:
    """Seated a day before T0, as seats must be."""
    exam = sittings.create_exam(
        actor=officer,
        stage=season.stages.get(code=stage),
        event="exam",
        paper=paper,
        opens_at=opens,
        closes_at=opens + timedelta(minutes=90),
        at=opens - timedelta(days=1),
    )
    sittings.seat_entries(actor=officer, exam=exam, at=opens - timedelta(days=1))
    return exam


def _end(exam: Exam) -> None:
    """As the lane leaves it: everybody handed in a minute before the end."""
    for number, sitting in enumerate(exam.sittings.order_by("pk"), start=1):
        sitting.state, sitting.epoch, sitting.version = "handed_in", 1, 3
        sitting.entered_at = exam.opens_at - timedelta(minutes=5)
        sitting.ended_at = exam.closes_at - timedelta(minutes=1)
        sitting.final_seq, sitting.final_digest = 1, bytes([number]) * 32
        sitting.receipt = f"RC{number:06d}"
        sitting.save()


def _score(
    season: Season,
    office: Actor,
    now: datetime,
    stage: str,
    marks: Mapping[str, tuple[int, int, int]],
    *,
    people_of: str,
) -> None:
    codes = dict(season.stages.get(code=stage).entries.values_list("person__code", "code"))
    seasons.record_scores(
        actor=office,
        season=season,
        stage=stage,
        event="exam",
        scores=[
            seasons.NewScore(
                codes[f"{people_of}-{short}"],
                value,
                2,
                f"test:{short}",
                {"multiple": multiple, "seconds": seconds},
            )
            for short, (value, multiple, seconds) in marks.items()
        ],
        at=now,
    )


def _accounts() -> dict[str, Account]:
    """One account a role, appointed in the home season; `LOCAL` ones are 成都's."""
    made = {}
    for role in (*ROLES, "contestant"):
        with make.hashed_once():
            account = people.create_account(
                actor=HOUSE,
                username=role,
                password=PASSWORD,
                display_name=NAMES[role],
                consent=privacy.VERSION,
                at=SINCE,
            )
        if role in ROLES:
            _appoint(account, role, season="" if role in ADMINISTRATORS else HOME)
        made[role] = account
    return made


def _appoint(account: Account, role: str, *, season: str) -> None:
    people.appoint(
        actor=HOUSE,
        account=account,
        role=role,
        unit=units.get_unit("5101" if role in LOCAL else "51"),
        season=season,
        since=SINCE,
        at=SINCE,
    )
