"""秩序册: what a contest day needs in one booklet."""

from __future__ import annotations

from leitai.documents.pages import Block, Break, Document, heading, subtitle, table, text, title
from leitai.kernel.errors import DomainError
from leitai.paperwork.material import records
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import as_document
from leitai.people.enums import Role
from leitai.rulebook import numbers
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import DrawState
from leitai.seasons.models import Entry, Stage
from leitai.sittings.models import Exam

TITLE = "秩序册"


def make(wanted: Wanted) -> Made:
    """Raises DomainError("paperwork_no_entries") while nobody stands in the stage."""
    stage = seasons.get_stage(wanted.season, wanted.stage)
    entries = records.entries_of(stage)
    if not entries:
        raise DomainError("paperwork_no_entries", stage=stage.title, title=TITLE)
    parts = [
        _basics(wanted),
        _bodies(wanted),
        _calendar(wanted),
        _events(wanted, stage),
        _staff(wanted),
        _teams(wanted, entries),
        _orders(wanted),
    ]
    blocks: list[Block] = [
        title(f"{wanted.law.title}\n{stage.title}{TITLE}"),
        subtitle(f"{wanted.issuer}　{records.day_words(wanted.at)}"),
    ]
    number = 0
    for name, part in parts:
        if part:
            number += 1
            page = [one for one in part[:1] if isinstance(one, Break)]  # its heading goes with it
            title_line = heading(f"{records.chinese_number(number)}、{name}")
            blocks += [*page, title_line, *part[len(page) :]]
    document = Document(f"{wanted.short}{TITLE}", tuple(blocks), author=wanted.issuer)
    return as_document(wanted, document, f"{wanted.short}{stage.title}{TITLE}")


_Part = tuple[str, list[Block]]


def _basics(wanted: Wanted) -> _Part:
    law = wanted.law
    told = [
        text(f"竞赛名称：{law.title}"),
        text(f"主办单位：{wanted.issuer}") if wanted.issuer else None,
        text(f"竞赛主题：{law.theme}") if law.theme else None,
        text(f"参赛范围：{law.scope}") if law.scope else None,
    ]
    return "竞赛概况", [one for one in told if one is not None]


def _bodies(wanted: Wanted) -> _Part:
    told: list[Block] = []
    for number, body in enumerate(wanted.law.bodies.values(), start=1):
        told.append(heading(f"（{records.chinese_number(number)}）{body.title}", level=2))
        if body.members:
            told.append(text(f"组成：{body.members}。"))
        if body.duties:
            told.append(text(f"职责：{body.duties}。"))
    return "组织机构", told


def _calendar(wanted: Wanted) -> _Part:
    windows = seasons.current_windows(wanted.season)
    rows = []
    for name, planned in wanted.law.calendar.items():
        window = windows.get(name)
        when = records.span_words(window.opens_at, window.closes_at) if window else planned.words
        rows.append((planned.title, when, planned.place))
    return "日程安排", [table(("事项", "时间", "地点"), rows, (4, 6, 4))] if rows else []


def _events(wanted: Wanted, stage: Stage) -> _Part:
    rows = []
    exams = {exam.event: exam for exam in Exam.objects.filter(stage=stage, cancelled_at=None)}
    for name in wanted.law.stages[stage.code].events:
        event, exam = wanted.law.events[name], exams.get(name)
        when = records.span_words(exam.opens_at, exam.closes_at) if exam else ""
        minutes = f"{event.minutes}分钟" if event.minutes else ""
        rows.append(
            (event.title, f"{numbers.show(event.max)}分" if event.max else "", minutes, when)
        )
    heads = ("比赛科目", "满分", "时长", "时间")
    return "比赛科目", [table(heads, rows, (5, 3, 3, 6))] if rows else []


def _staff(wanted: Wanted) -> _Part:
    rows = [
        (one.duty, one.name, one.unit)
        for one in records.staff_of(wanted.season)
        if one.role != Role.TEAM_LEADER
    ]
    return "工作人员", [table(("职责", "姓名", "单位"), rows, (4, 3, 7))] if rows else []


def _teams(wanted: Wanted, entries: list[Entry]) -> _Part:
    leaders: dict[str, list[str]] = {}
    for one in records.staff_of(wanted.season, (Role.TEAM_LEADER,)):
        leaders.setdefault(one.appointment.unit.path, []).append(one.name)
    several = len(wanted.law.tracks) > 1
    told: list[Block] = [Break()]
    for number, (delegation, people) in enumerate(records.by_delegation(entries).items(), start=1):
        name = f"（{records.chinese_number(number) if number < 100 else number}）{delegation.name}"
        told.append(heading(name, level=2))
        led = leaders.get(delegation.unit.path, [])
        if led:
            told.append(text(f"领队：{'、'.join(led)}"))
        rows = [
            (
                str(at),
                one.person.name,
                one.person.unit.name,
                *((wanted.law.tracks[one.track].title,) if several else ()),
                one.code,
            )
            for at, one in enumerate(people, start=1)
        ]
        heads = ("序号", "姓名", "单位", *(("赛项",) if several else ()), "参赛编号")
        shares = (2, 3, 7, *((5,) if several else ()), 4)
        told.append(table(heads, rows, shares))
    return f"各{wanted.law.delegations.title}名单", told


def _orders(wanted: Wanted) -> _Part:
    """The draws that were made, but for those that only settled a tie.

    An opaque id stands by its name of the roster.
    """
    told: list[Block] = []
    ties = set(wanted.season.resolutions.exclude(draw=None).values_list("draw", flat=True))
    for draw in seasons.list_draws(wanted.season):
        if draw.pk in ties or draw.state != DrawState.DRAWN or not isinstance(draw.outcome, list):
            continue
        names = _roster(draw.roster)
        rows = [
            (str(at), names.get(str(one), str(one))) for at, one in enumerate(draw.outcome, start=1)
        ]
        if rows:
            told += [heading(draw.purpose, level=2), table(("次序", "抽签对象"), rows, (2, 8))]
    return "抽签次序", told


def _roster(roster: object) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in roster if isinstance(roster, list) else []:
        if isinstance(one, dict):
            names[str(one.get("id", ""))] = str(one.get("name", one.get("id", "")))
        elif isinstance(one, list) and len(one) >= 2:
            names[str(one[0])] = str(one[1])
    return names
