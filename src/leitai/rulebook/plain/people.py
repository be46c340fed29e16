"""What those who compete are called, and how they are counted."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from leitai.rulebook.model import Stage
from leitai.rulebook.plain.words import Words


class _Kind(NamedTuple):
    people: str  # 全部参赛队
    measure: str  # 10支
    noun: str  # 10支队
    one: str
    more: str


_KINDS: Final = {
    "person": _Kind("选手", "名", "选手", "contestant", "contestants"),
    "team": _Kind("参赛队", "支", "队", "team", "teams"),
    "work": _Kind("作品", "件", "作品", "work", "works"),
}
_MIXED: Final = _Kind("参赛对象", "个", "参赛对象", "entry", "entries")


def who(words: Words, tracks: Iterable[str] = ()) -> str:
    """Name those who compete in some tracks (in all of them): 选手, 参赛队, 作品, or 参赛对象."""
    kind = _kind(words, tracks)
    return words.t(kind.people, kind.more)


def counted(words: Words, number: int, tracks: Iterable[str] = ()) -> str:
    """Write a number of those who compete: 20名选手、3支队、5件作品."""
    kind = _kind(words, tracks)
    return words.t(f"{number}{kind.measure}{kind.noun}", words.many(number, kind.one, kind.more))


def numbered(words: Words, number: int, tracks: Iterable[str] = ()) -> str:
    """Write a number of those who compete by its measure word alone: 20名、3支、5件."""
    kind = _kind(words, tracks)
    return words.t(f"{number}{kind.measure}", str(number))


def best(words: Words, number: int, tracks: Iterable[str] = ()) -> str:
    """Write the best so many: 前7名选手、前10支队、第1名选手、第1名的队."""
    kind = _kind(words, tracks)
    if number == 1:
        zh = f"第1名{'' if kind.measure == '名' else '的'}{kind.noun}"
        return words.t(zh, f"the best {kind.one}")
    return words.t(
        f"前{number}{kind.measure}{kind.noun}",
        f"the best {words.many(number, kind.one, kind.more)}",
    )


def follows(words: Words, tracks: Iterable[str], *, inside: str = "") -> tuple[str, str]:
    """Write what happens when one of those who compete drops out: replaced, and not."""
    kind = _kind(words, tracks)
    drops = {"名": "有人", "支": "有队"}.get(kind.measure, f"有{kind.noun}")
    zh = f"{inside}{drops}不能参加的，"
    return (
        words.t(f"{zh}由后一名依次递补", f"whoever drops out{inside} is followed by the next"),
        words.t(f"{zh}不递补", f"whoever drops out{inside} is not replaced"),
    )


def reserves(words: Words, number: int, tracks: Iterable[str] = ()) -> str:
    """Write a number of reserves: 2名递补选手."""
    kind = _kind(words, tracks)
    return words.t(f"{number}{kind.measure}递补{kind.noun}", words.many(number, "reserve"))


def sent(words: Words, number: str) -> str:
    """Write a number of delegations: 14个盟市, 一支代表队."""
    title = words.rules.delegations.title
    measure = "支" if title.endswith("队") else "个"
    return words.t(f"{number}{measure}{title}", f"{number} {title}")


def guests(words: Words, people: str = "") -> str:
    """Name the delegations that take no place, or their people: 省本级, 省本级选手."""
    names = words.listed(also.name for also in words.rules.delegations.also if also.guest)
    return names + words.t(people, f" ({people})" if people else "")


def apart(words: Words, stage: Stage, tracks: Iterable[str] = ()) -> str:
    """Write that every track counts for itself: 各赛项; empty where there is one only."""
    many = is_many(words, tuple(tracks) or stage.tracks)
    return words.t("各赛项", "in each track ") if many else ""


def is_many(words: Words, tracks: Iterable[str]) -> bool:
    """Say whether these tracks (all of them, where none is named) are more than one."""
    return len(tuple(tracks) or tuple(words.rules.tracks)) > 1


def _kind(words: Words, tracks: Iterable[str]) -> _Kind:
    every = words.rules.tracks
    chosen = [name for name in tracks if name in every] or list(every)
    kinds = {every[name].kind for name in chosen}
    return _KINDS[kinds.pop()] if len(kinds) == 1 else _MIXED
