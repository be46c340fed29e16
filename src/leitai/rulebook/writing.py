"""Plain data as YAML text in the house's layout: two spaces, short lists and mappings in a line."""

from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

WIDTH: Final = 100
_ENDLESS: Final = 10_000_000


def text_of(plain: Mapping[str, Any]) -> str:
    """Write a whole rulebook; a blank line stands between its parts."""
    written: list[str] = []
    for key, value in plain.items():
        entry = lines_of({key: value})
        if written and (len(entry) > 1 or written[-1].startswith(" ")):
            written.append("")
        written += entry
    return "\n".join(written) + "\n"


def flow(plain: Any) -> str:
    """Write a value in one line: ``{id: a, titles: [甲, 乙]}``."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = _ENDLESS
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(_flowing({"k": plain}), out)
    return out.getvalue().strip().removeprefix("{k: ").removesuffix("}")


def lines_of(plain: Any) -> list[str]:
    """Write a mapping or list as lines without indentation; other values in one line."""
    if isinstance(plain, dict) and plain:
        return [line for key, value in plain.items() for line in _entry(flow(key), value)]
    if isinstance(plain, list) and plain:
        return [line for value in plain for line in _item(value)]
    return [flow(plain)]


def _entry(key: str, value: Any) -> list[str]:
    if not isinstance(value, dict | list) or not value:
        return [f"{key}: {flow(value)}"]
    if _bare(value):
        line = f"{key}: {flow(value)}"
        if len(line) <= WIDTH and (isinstance(value, list) or len(value) <= 3):
            return [line]
    return [f"{key}:", *(f"  {line}" for line in lines_of(value))]


def _item(value: Any) -> list[str]:
    if _bare(value):
        line = f"- {flow(value)}"
        if len(line) <= WIDTH or not isinstance(value, dict | list):
            return [line]
    first, *rest = lines_of(value)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _bare(value: Any) -> bool:
    """Say whether a value holds no mapping or list of mappings."""
    if isinstance(value, dict):
        return all(not isinstance(one, dict) and _bare(one) for one in value.values())
    if isinstance(value, list):
        return all(not isinstance(one, dict | list) for one in value)
    return True


def _flowing(plain: Any) -> Any:
    if isinstance(plain, Mapping):
        made = CommentedMap({key: _flowing(value) for key, value in plain.items()})
        made.fa.set_flow_style()
        return made
    if isinstance(plain, list | tuple):
        items = CommentedSeq([_flowing(value) for value in plain])
        items.fa.set_flow_style()
        return items
    if isinstance(plain, bool | int | date):
        return plain
    text = str(plain)
    # In a flow, a reader takes a leading question mark for a key's, whatever follows it.
    return DoubleQuotedScalarString(text) if text.startswith("?") else text
