"""The sentences of reasons in Chinese."""

from collections.abc import Callable, Mapping
from typing import Final

from leitai.rulebook.data import ReasonValue
from leitai.rulebook.model import TrackKind

_WHOSE: Final = {"person": "个人", "team": "团队", "work": "作品"}
_MANY: Final = {"person": "名选手", "team": "支参赛队", "work": "件作品"}
HOW: Final = {
    "draw": "抽签",
    "vote": "表决",
    "playoff": "加赛",
    "jury": "评议",
    "confirmation": "组委会确认",
}


class Data:
    """A reason's data, read by the kind that the sentence needs."""

    def __init__(self, data: Mapping[str, ReasonValue], of: TrackKind = "person") -> None:
        self._data = data
        self.of = of

    def text(self, key: str) -> str:
        """Give a value as text."""
        return str(self._data.get(key, ""))

    def number(self, key: str) -> int:
        """Give a number, 0 if it is not there."""
        value = self._data.get(key, 0)
        return value if isinstance(value, int) else 0

    def list(self, key: str) -> tuple[str, ...]:
        """Give a list as texts."""
        value = self._data.get(key, ())
        return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value),)


def total_of(data: Data) -> str:
    """Name the shared total of two."""
    return f"总分同为{data.text('total')}分"


def _key(data: Data, side: str) -> str:
    unit = data.text("unit") or "分"
    same = [title or "总分" for title in data.list("same")]
    also = f"，{'、'.join(same)}也相同" if same else ""
    more = (side == "above") == (data.text("better") == "higher")
    verb = ("高于" if more else "低于") if unit == "分" else ("多于" if more else "少于")
    title = data.text("title") or "总分"
    mine, other = data.text("mine") + unit, data.text("other") + unit
    return f"{total_of(data)}{also}，{title}{mine}{verb}{other}"


def _member(data: Data, side: str) -> str:
    begin = f"团体{total_of(data)}，计分选手从高到低逐名比较，第{data.number('nth')}名"
    mine, other = data.text("mine"), data.text("other")
    if not other:
        return f"{begin}{mine}分，对方无此名选手成绩"
    if not mine:
        return f"{begin}无成绩，对方{other}分"
    return f"{begin}{mine}分{'高于' if side == 'above' else '低于'}{other}分"


def _resolved(data: Data) -> str:
    how = HOW[data.text("how")]
    place = f"在{data.number('count')}个中列第{data.number('position')}位"
    note = f"（{data.text('note')}）" if data.text("note") else ""
    return f"{total_of(data)}，各项比较均相同，经{how}{place}{note}"


def _torn(data: Data) -> str:
    who = "个代表队" if data.text("board") == "teams" else _MANY[data.of]
    return (
        f"第{data.number('first')}至{data.number('last')}名共{data.number('count')}{who}并列"
        f"（总分同为{data.text('total')}分），第{data.number('border')}个名额的界线落在其中，"
        f"需{HOW[data.text('needs')]}确定先后"
    )


def _place(data: Data, prefix: str = "") -> str:
    rank, place = data.number(f"{prefix}rank"), data.number(f"{prefix}place")
    return f"第{rank}名" if place in (0, rank) else f"第{rank}名（可得名额者中第{place}）"


def _advance_team(data: Data) -> str:
    return (
        f"代表队团体总分{data.text('team_total')}分，列{_place(data, 'team_')}，"
        f"进入前{data.number('teams')}名；本人{data.text('total')}分，"
        f"队内第{data.number('rank')}名，进入前{data.number('members')}名"
    )


def _advance_top(data: Data) -> str:
    top = data.number("top")
    return f"{_WHOSE[data.of]}总分{data.text('total')}分，列{_place(data)}，进入前{top}名"


def _ranks(data: Data) -> str:
    first, last = data.number("first"), data.number("last")
    return f"第{first}名" if first == last else f"第{first}至{last}名"


def _passed(data: Data) -> str:
    titles = "、".join(f"“{title}”" for title in data.list("titles"))
    if data.number("passed_count"):
        return f"；名次在前的{data.number('passed_count')}个已获{titles}，依次顺延"
    if not data.list("passed"):
        return ""
    return f"；第{'、'.join(data.list('passed'))}名已获{titles}，依次顺延"


def _award(data: Data, whose: str) -> str:
    begin = f"{data.text('stage')}{whose}总分{data.text('total')}分，列{_place(data)}"
    return f"{begin}，授予{_ranks(data)}{_passed(data)}"


def _award_inside(data: Data) -> str:
    begin = f"{data.text('stage')}总分{data.text('total')}分，队内第{data.number('rank')}名"
    return f"{begin}，授予各队前{data.number('last')}名{_passed(data)}"


def _advance_inside(data: Data) -> str:
    whose = f"{data.text('group')}内" if data.text("group") else "组内"
    return f"总分{data.text('total')}分，{whose}列{_place(data)}，进入前{data.number('top')}名"


def _title_money(data: Data) -> str:
    return f"，金额{data.text('amount')}元" if data.text("amount") else ""


def _whose(data: Data) -> str:
    return "全部" if data.text("of") == "stage" else data.text("of")


SENTENCES: Final[Mapping[str, Callable[[Data], str]]] = {
    "key_above": lambda data: _key(data, "above"),
    "key_below": lambda data: _key(data, "below"),
    "member_above": lambda data: _member(data, "above"),
    "member_below": lambda data: _member(data, "below"),
    "resolved": _resolved,
    "torn": _torn,
    "advance_all": lambda _: "选拔产生，全部参加下一阶段",
    "advance_team": _advance_team,
    "advance_top": _advance_top,
    "award_rank": lambda data: _award(data, _WHOSE[data.of]),
    "award_team": lambda data: _award(data, "团体"),
    "award_inside": _award_inside,
    "award_waits": lambda data: f"“{data.text('title')}”须待“{data.text('other')}”确定后评定",
    "award_vacant": lambda data: (
        f"“{data.text('title')}”{data.number('places')}个名额，"
        f"可授予{data.number('given')}个，其余空缺"
    ),
    "void": lambda data: f"{data.text('name')}：成绩无效（未通过或者被取消），不参加排名",
    "not_advanced": lambda data: f"{data.text('name')}：在本阶段名单中，但未按规则晋级",
    "stage_waits": lambda data: f"{data.text('stage')}：上一阶段晋级尚未确定，暂不计算",
    "team_short": lambda data: (
        f"有成绩的选手{data.number('count')}名，不足{data.number('top')}名，按实有成绩相加"
    ),
    "team_excluded": lambda data: (
        f"有成绩的选手{data.number('count')}名，不足{data.number('top')}名，不计团体名次"
    ),
    "resolution_unused": lambda data: (
        f"{HOW[data.text('how')]}结果（{data.text('line')}）与现有并列情况不符，未采用"
    ),
    "advance_inside": _advance_inside,
    "advance_line": lambda data: f"总分{data.text('total')}分，达到{data.text('line')}分，予以晋级",
    "advance_not_held": lambda _: "本阶段未举行，全部参加下一阶段",
    "stage_not_held": lambda data: (
        f"参加{data.number('count')}个，不在举行本阶段的规模之内，全部进入下一阶段"
    ),
    "reserve": lambda data: f"列第{data.number('rank')}名，递补第{data.number('order')}顺位",
    "confirmation_taken": lambda data: (
        f"名单共{data.number('count')}名，视为已经{data.text('by')}确认"
    ),
    "confirm": lambda data: f"名单共{data.number('count')}名，须经{data.text('by')}确认后生效",
    "award_line": lambda data: (
        f"{data.text('stage')}总分{data.text('total')}分，达到{data.text('line')}分{_passed(data)}"
    ),
    "award_rest": lambda data: (
        f"{data.text('stage')}总分{data.text('total')}分，列{_place(data)}，未获上列奖项"
    ),
    "award_decided": lambda data: (
        f"由{data.text('by')}评定" + (f"（{data.text('note')}）" if data.text("note") else "")
    ),
    "award_undecided": lambda data: f"“{data.text('title')}”由{data.text('by')}评定，尚无评定结果",
    "honour_award": lambda data: f"获得“{data.text('title')}”{_title_money(data)}",
    "honour_title": lambda data: (
        f"{data.text('period')}获得“{data.text('title')}”{_title_money(data)}"
    ),
    "honour_rank": lambda data: (
        f"{data.text('stage')}第{data.number('rank')}名{_title_money(data)}"
    ),
    "honour_drawn": lambda data: (
        "经抽签产生" + (f"（{data.text('note')}）" if data.text("note") else "")
    ),
    "draw_due": lambda data: (
        f"“{data.text('title')}”{data.number('places')}个名额，"
        f"符合条件的{data.number('count')}个，须抽签产生"
    ),
    "carry_nought": lambda data: (
        f"{data.text('name')}：没有{data.text('stage')}成绩，带入部分按0分计"
    ),
    "key_unknown": lambda data: f"未提供“{data.text('title')}”，同分时不比较此项",
    "withdrawn": lambda data: f"{data.text('name')}：已退赛，不参加本阶段",
    "slots_unknown": lambda _: "未提供选手席位，同分时无法按席位比较",
    "roster_over": lambda data: (
        f"{data.text('of')}：名单{data.number('count')}人，最多{data.number('limit')}人"
    ),
    "roster_short": lambda data: (
        f"{data.text('of')}：名单{data.number('count')}人，至少应有{data.number('limit')}人"
    ),
    "roster_few": lambda data: (
        f"{data.text('of')}：“{data.text('title')}”{data.number('count')}人，"
        f"至少应有{data.number('limit')}人"
    ),
    "roster_many": lambda data: (
        f"{data.text('of')}：“{data.text('title')}”{data.number('count')}人，"
        f"最多{data.number('limit')}人"
    ),
    "roster_seat": lambda data: (
        f"{data.text('of')}：“{data.text('title')}”席位有{data.number('count')}人，应为1人"
    ),
    "roster_unfit": lambda data: (
        f"{data.text('of')}：{data.text('person')}不符合“{data.text('title')}”席位的条件"
    ),
    "torn_cap": lambda data: (
        f"第{data.number('first')}至{data.number('last')}名共{data.number('count')}个并列"
        f"（总分同为{data.text('total')}分），其中同一单位的人数超过限额，"
        f"需{HOW[data.text('needs')]}确定先后"
    ),
    "resolution_how": lambda data: (
        f"规则规定以{HOW[data.text('needs')]}确定，实际为{HOW[data.text('how')]}"
    ),
    "advanced_left_out": lambda data: (
        f"晋级本阶段的{data.number('count')}个不在本阶段名单中，未参加（{data.text('first')}等）"
    ),
    "absent": lambda data: f"{data.text('name')}：缺考，不参加排名",
    "below_mark": lambda data: f"{data.text('name')}：未达到{data.text('line')}分，不参加排名",
    "given": lambda _: "由岗位练兵结果给出",
    "teams_taken": lambda data: (
        f"没有上一阶段的晋级结果，{data.number('count')}个代表队均按团体参赛计算"
    ),
    "group_unknown": lambda data: (
        f"{data.number('count')}个参赛对象没有“{data.text('kind')}”，不参加分组排名"
    ),
    "barred": lambda data: (
        f"{data.text('name')}：不符合参赛条件（{data.text('title')}），不参加本阶段"
    ),
    "predicate_unknown": lambda data: (
        f"“{data.text('title')}”：未提供“{data.text('fact')}”的任何情况，此项不排除任何人"
    ),
    "over_quota": lambda data: (
        f"{_whose(data)}参加{data.number('count')}个，超过名额{data.number('limit')}个"
    ),
    "under_quota": lambda data: (
        f"{_whose(data)}参加{data.number('count')}个，少于规定的{data.number('limit')}个"
    ),
    "assumed": lambda data: (
        f"待确认：{data.text('question')}暂按此处理：{data.text('chosen').rstrip('。；')}"
    ),
}
