"""The Chinese table of every key of the rulebook language: `write` makes it, `check` compares.

It is made of the model and of the names that forms use, so that no key can be missing. What the
keys mean together stands in the reference pages beside it.
"""

import dataclasses
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rulebook" / "reference" / "keys.zh-CN.md"
sys.path.insert(0, str(ROOT / "src"))

from leitai.rulebook import labels  # noqa: E402  (the path comes first)
from leitai.rulebook.model import Rulebook  # noqa: E402
from leitai.rulebook.model.base import Between, Percent  # noqa: E402
from leitai.rulebook.schema import key_of  # noqa: E402

HEAD = """# 竞赛规则键名对照表

本表由程序根据规则语言的定义生成（`tools/keys.py write`），列出每一个键：中文名称、填什么、
不填时按什么处理。各键合在一起的含义、计算顺序和边界情形，见同一目录下的分册和
[编写指南](../README.zh-CN.md)。

* “必填”的键必须写；标明“恰填其一”的几个键，须且只须写其中一个。
* `id`、`tracks`、`stages`例外：整份规则没有写的，按文件名、一个赛项、一个阶段自动补全。
* “名称→…”表示一组条目，各以一个自定的英文名称为键（小写字母、数字、`-`、`_`）。
* 小数一律写成带引号的文字（`"86.50"`）；比例写`"40%"`、`"1/3"`或者`"0.4"`。
"""
SCALARS = {
    str: "文字",
    bool: "`true`或者`false`",
    int: "整数",
    Fraction: "小数",
    date: "日期（年-月-日）",
}
Kinds = dict[type, str]


def main() -> int:
    """Write the page, or compare it; 1 if it is not as it should be."""
    text = page()
    if sys.argv[1:] == ["write"]:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.stderr.write("keys.zh-CN.md is not up to date: .venv/bin/python tools/keys.py write\n")
        return 1
    return 0


def page() -> str:
    """Give the whole page."""
    where = places(Rulebook)
    parts = [HEAD]
    for cls, place in where.items():
        parts.append(
            "\n".join([f'<a id="{cls.__name__}"></a>', "", f"## {place}", "", *table(cls)])
        )
    return "\n".join(f"{part.strip()}\n" for part in parts)


def places(cls: type) -> Kinds:
    """Name every mapping of the language by the first place where it may stand."""
    found: Kinds = {cls: "整份规则"}
    todo: list[tuple[type, str]] = [(cls, "")]
    while todo:
        owner, path = todo.pop(0)
        for key, kind, _ in fields(owner):
            for inner, mark in inside(kind):
                if inner not in found:
                    here = f"{path}.{key}{mark}".lstrip(".")
                    found[inner] = f"{labels.label(owner.__name__, key)} `{here}`"
                    todo.append((inner, here))
    return found


def fields(cls: type) -> Iterator[tuple[str, Any, Any]]:
    """Give each key, its kind and its default (MISSING if it must be there)."""
    hints = typing.get_type_hints(cls, include_extras=True)
    given = getattr(cls, "GIVEN", frozenset())
    for field in dataclasses.fields(cls):
        if field.name in given:
            continue
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        yield key_of(field.name), hints[field.name], default


def inside(kind: Any, mark: str = "") -> Iterator[tuple[type, str]]:
    """Give the mappings that a kind holds, and how a place of them is written."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        yield kind, mark
        return
    marks = {tuple: "[]", Mapping: ".名称"}
    for part in typing.get_args(kind):
        yield from inside(part, mark + marks.get(typing.get_origin(kind), ""))


def table(cls: type) -> Iterator[str]:
    """Give the table of a mapping's keys."""
    yield "| 键 | 中文名称 | 填什么 | 不填时 |"
    yield "|---|---|---|---|"
    groups = getattr(cls, "ONE_OF", ())
    for key, kind, default in fields(cls):
        one_of = any(key in keys for keys in groups)
        left_out = "恰填其一" if one_of else unsaid(cls.__name__, key, default)
        title = labels.label(cls.__name__, key)
        yield f"| `{key}` | {title} | {said(cls.__name__, key, kind)} | {left_out} |"
    for keys in groups:
        yield ""
        yield f"恰填其一：{'、'.join(f'`{key}`' for key in keys)}。"


def unsaid(cls: str, key: str, default: Any) -> str:
    """Say what holds where a key is not there."""
    if default is dataclasses.MISSING:
        return "**必填**"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if default in (None, "", ()) or isinstance(default, Mapping):
        return "无"
    if isinstance(default, tuple):
        return "、".join(f"`{one}`" for one in default)
    if dataclasses.is_dataclass(default):
        return "各键均按缺省"
    found = f"`{default}`"
    return found + (f"（{labels.word(cls, key, default)}）" if isinstance(default, str) else "")


def said(cls: str, key: str, kind: Any) -> str:  # noqa: PLR0911  (one return a kind)
    """Say what may stand as the value of a key."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return (
            "比例"
            if Percent() in arguments[1:]
            else said(cls, key, arguments[0]) + bounds(arguments)
        )
    if origin in (types.UnionType, typing.Union):
        return said(cls, key, arguments[0])
    if origin is Literal:
        return "、".join(f"`{one}` {labels.word(cls, key, str(one))}" for one in arguments)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"`[{'，'.join(said(cls, key, one) for one in arguments)}]`"
    if origin is tuple:
        return f"列表：{said(cls, key, arguments[0])}"
    if origin is Mapping:
        return f"名称→{said(cls, key, arguments[1])}"
    if dataclasses.is_dataclass(kind):
        name = typing.cast("type", kind).__name__
        return f"[一组键](#{name})"
    return SCALARS[kind]


def bounds(arguments: tuple[Any, ...]) -> str:
    """Say between what a number lies."""
    found = [one for one in arguments[1:] if isinstance(one, Between)]
    return "".join(f"（{one.least}至{one.most}）" for one in found)


if __name__ == "__main__":
    sys.exit(main())
