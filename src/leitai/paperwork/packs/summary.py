"""活动总结: a draft with the figures filled in; what only people know is left to be written."""

from __future__ import annotations

from leitai.documents.official import Official
from leitai.documents.pages import Block, heading, text
from leitai.paperwork.material import records
from leitai.paperwork.material.costs import cost_note
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import as_official
from leitai.results.models import StageResult
from leitai.results.selectors import standing_result
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Stage
from leitai.units.models import Delegation

TITLE = "活动总结"
TO_WRITE = "（请补充："
_TOP = 3


def make(wanted: Wanted) -> Made:
    stages = list(wanted.season.stages.order_by("position"))
    parts: list[tuple[str, list[Block]]] = [
        ("基本情况", _basics(wanted, stages)),
        ("组织实施", _course(wanted, stages)),
        ("竞赛结果", _results(wanted, stages)),
        ("经费保障", _costs(wanted)),
        ("主要做法和成效", [text(f"{TO_WRITE}主要做法、涌现的典型、群众反映。）")]),
        ("问题和下一步打算", [text(f"{TO_WRITE}存在的问题、原因和改进措施。）")]),
    ]
    body: list[Block] = []
    for number, (name, blocks) in enumerate(parts, start=1):
        body += [heading(f"{records.chinese_number(number)}、{name}"), *blocks]
    official = Official(
        title=f"{wanted.law.title.removesuffix('活动')}{TITLE}（草稿）",
        body=tuple(body),
        signer=wanted.issuer,
        date=records.day_words(wanted.at),
    )
    return as_official(wanted, official, f"{wanted.short}{TITLE}（草稿）")


def _basics(wanted: Wanted, stages: list[Stage]) -> list[Block]:
    law = wanted.law
    teams = Delegation.objects.filter(season=wanted.season.code).count()
    first = seasons.list_entries(stages[0]).values("person").distinct().count() if stages else 0
    theme = f"以“{law.theme.rstrip('。')}”为主题，" if law.theme else ""
    host = f"由{wanted.issuer}举办，" if wanted.issuer else ""
    scope = f"参加范围为{law.scope.rstrip('。')}。" if law.scope else ""
    words = (
        f"{law.title}{theme and '，'}{theme}{host}共有{teams}支代表队、{first}人报名参赛。{scope}"
    )
    return [text(words)]


def _course(wanted: Wanted, stages: list[Stage]) -> list[Block]:
    blocks: list[Block] = []
    windows = seasons.current_windows(wanted.season)
    for stage in stages:
        law = wanted.law.stages[stage.code]
        window = windows.get(law.window or "")
        when = records.span_words(window.opens_at, window.closes_at) if window else ""
        count = seasons.list_entries(stage).count()
        events = "、".join(wanted.law.events[name].title for name in law.events)
        told = [f"{count}人参加" if count else "", f"设{events}" if events else "", when]
        blocks.append(text(f"{stage.title}：{'，'.join(one for one in told if one) or '未举行'}。"))
    return blocks


def _results(wanted: Wanted, stages: list[Stage]) -> list[Block]:
    blocks: list[Block] = []
    for stage in stages:
        result = standing_result(wanted.season.code, stage.code)
        if result is not None:
            blocks += _leaders(result)
    last = records.awarding_result(wanted.season, wanted.law)
    if last is None:
        blocks.append(text(f"{TO_WRITE}决定奖项的阶段成绩尚未确认，奖项未定。）"))
        return blocks
    groups = records.awards_of(last, records.law_of(last))
    told = "、".join(f"{title}{len(group)}个" for title, group in groups.items())
    if told:
        blocks.append(text(f"按竞赛规则共产生{told}。"))
    return blocks


def _leaders(result: StageResult) -> list[Block]:
    law = records.law_of(result)
    blocks: list[Block] = []
    for track, teams in records.teams_of(result, law).items():
        named = "、".join(one.name for one in teams[:_TOP])
        name = law.tracks[track].title if len(law.tracks) > 1 else ""
        blocks.append(
            text(f"{result.stage.title}{name}团体成绩前{len(teams[:_TOP])}名依次为{named}。")
        )
    return blocks


def _costs(wanted: Wanted) -> list[Block]:
    note = cost_note(wanted.season)
    lines = [line for line in (note.text if note else "").splitlines() if line.strip()]
    if not lines:
        return [text(f"{TO_WRITE}各项经费由谁承担。可先在“材料打印”里填写“经费承担”。）")]
    return [text(line.strip()) for line in lines]
