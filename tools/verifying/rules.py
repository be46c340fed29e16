"""Section 4 of docs/formats/bundle.md: the rulebook, and that every key of it is known."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verifying.records import VALUES, Difference, Record, is_day, is_decimal, match, whole

# ``!`` required, ``-`` not read, ``{x`` names to x, ``[x`` list of x, ``/`` exactly one of a group.
UNBROKEN = "share|out|draw|vote|playoff|jury|confirmation"
RULES = {
    "rulebook": "rulebook!:one tracks!:{track stages!:{stage delegations:delegations"
    " events:{event facts:{fact awards:[award honours:[honour beyond:- id!:- title!:- year:-"
    " short_title:- theme:- scope:- host:- effective:- bodies:{body modules:- calendar:- holidays:-"
    " forms:- draws:- practice:- publicity:- appeals:- visibility:- assumptions:-",
    "track": "title!:- kind:- source:-",
    "delegations": "title:- each:- also:[also source:-",
    "also": "unit!:name name!:name guest:flag source:-",
    "body": "title!:name members:- duties:- source:-",
    "fact": "title!:name unit:name values:- source:-",
    "event": "title!:name kind:exam|judged|live|ballot|reported max:decimal min:decimal"
    " decimals:places keys:{key minutes:- paper:- sitting:- judging:- live:- ballot:- source:-"
    " assumption:-",
    "key": "title!:name better!:higher|lower unit:name decimals:places",
    "stage": "title!:name method:nomination|contest tracks:[name trial:flag held:held bars:[bar"
    " events:[name absent:out|zero qualify:[qualify total:total figures:{figure ranking:ranking"
    " boards:{board team:team advance:[advance window:- place:- hosts:- rules:- quota:- caps:-"
    " roster:- source:- assumption:-",
    "held": "least:number most:most",
    "bar": "id!:name refuse/:condition require/:condition tracks:[name title!:- source:-"
    " assumption:-",
    "condition": "any/:[condition all/:[condition not/:condition has/:test lacks/:test"
    " below/:amount is/:value",
    "test": "kind!:name key!:name year:year since:year",
    "amount": "kind!:name key!:name value!:decimal year:year since:year",
    "value": "kind!:name key:name in/:[name least/:decimal most/:decimal above/:decimal"
    " under/:decimal from/:day to/:day year:year since:year",
    "qualify": "of!:name least!:decimal source:-",
    "total": "sum:[name weights:{share carry:[carry base:decimal round:round max:- source:-"
    " assumption:-",
    "carry": "from!:name share:share of:name source:-",
    "round": "decimals!:places mode:half-up|half-even|down|up",
    "figure": "title!:name sum:[name weights:{share better:higher|lower unit:name"
    " decimals:places source:- assumption:-",
    "ranking": f"keys:[name at_lines:[name unbroken:{UNBROKEN} distinct:[distinct"
    " style:competition|dense source:- assumption:-",
    "distinct": f"ranks!:pair unbroken!:{UNBROKEN}",
    "board": f"where:condition per:name keys:[name unbroken:{UNBROKEN} title!:- source:-",
    "team": f"top:most score:sum|mean fewer:count|exclude keys:[name at_lines:[name"
    f" unbroken:{UNBROKEN} of:all|advanced who:all|team|individual plus:{{share round:round"
    " tracks:apart|together title!:- source:- assumption:-",
    "advance": "to!:name as:individual|team|recommended take/:everyone teams/:most top/:most"
    " share/:portion least/:decimal up_to/:most members:most per:name board:name where:condition"
    " except:already cap:[cap guests:skip|include fill:next|none reserves:number"
    f" unbroken:{UNBROKEN} when:held confirm:- tracks:[name source:- assumption:-",
    "cap": "per!:name count!:most tracks:[name least:- counts:{number source:- assumption:-",
    "portion": "share!:share round!:down|up|half-up of:entrants|ranked|rest",
    "award": "id!:name title!:name to!:person|team stage!:name ranks/:pair top/:most"
    " share/:portion least/:decimal rest/:flag decided/:name count:- board:name per:name"
    " within:portion where:condition tracks:[name unless:[name succession:next|none stacks:-"
    f" exhausted:vacant guests:skip|include unbroken:{UNBROKEN} rubric:- source:-"
    " assumption:-",
    "honour": "id!:name title!:name kind!:money|honour|benefit|prize amount:decimal awards/:[name"
    " titles/:[name ranks/:pair stage:name to:person|team tracks:[name where:condition"
    " lottery:number given_by:- source:- assumption:-",
}


def share(value: Any) -> Fraction:
    """Read ``40%``, ``1/3``, a decimal or an integer; ValueError for anything else."""
    if type(value) is int:
        return Fraction(value)
    if value.endswith("%") and is_decimal(value[:-1]):
        return Fraction(value[:-1]) / 100
    if is_decimal(value) or re.fullmatch(r"(0|[1-9]\d{0,8})/[1-9]\d{0,8}", value, re.ASCII):
        return Fraction(value)
    raise ValueError(value)


def _is_share(value: Any) -> bool:
    try:
        return isinstance(value, int | str) and share(value) is not None
    except ValueError:
        return False


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(whole(1, 1_000_000), value))


SCALARS = VALUES | {
    "one": whole(1, 1),
    "most": whole(1, 1_000_000),
    "number": whole(0, 1_000_000),
    "year": whole(1900, 9999),
    "pair": _is_pair,
    "share": _is_share,
    "day": is_day,
    "decimal": lambda v: type(v) is int or (isinstance(v, str) and is_decimal(v)),
}


def check_rule(kind: str, value: Any, path: str = "") -> Iterator[Difference]:
    """Step 3: every key is one that this verifier knows."""
    if kind == "-":
        return
    if kind[0] in "{[":
        if not value or not isinstance(value, dict if kind[0] == "{" else list):
            yield Difference("rule_wrong", path, "not a list or mapping with something in it")
            return
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            where = f"{path}.{name}" if isinstance(value, dict) else f"{path}[{name}]"
            yield from check_rule(kind[1:], part, where)
    elif kind not in RULES:
        if not SCALARS.get(kind, match(kind))(value):
            yield Difference("rule_wrong", path, repr(value))
    elif not isinstance(value, dict):
        yield Difference("rule_wrong", path or "rulebook")
    else:
        yield from _check_keys(kind, value, path)


def _check_keys(kind: str, value: Record, path: str) -> Iterator[Difference]:
    form = dict(part.split(":") for part in RULES[kind].split())
    known = {name.rstrip("!/"): part for name, part in form.items()}
    for name in value:
        where = f"{path}.{name}" if path else name
        if name not in known:
            yield Difference("rule_unknown", where, "a rule that this verifier does not know")
        else:
            yield from check_rule(known[name], value[name], where)
    one_of = sum(f"{name}/" in form for name in value)
    missing = any(name[-1] == "!" and name[:-1] not in value for name in form)
    if missing or one_of != ("/:" in RULES[kind]):
        yield Difference("rule_wrong", path or "rulebook", "a key is missing or one too many")


def stage_order(rules: Record) -> list[str]:
    todo = {name: set[str]() for name in rules["stages"]}
    for name, stage in rules["stages"].items():
        for rule in stage.get("advance", ()):
            if rule["to"] in todo:
                todo[rule["to"]].add(name)
    order: list[str] = []
    while todo:
        order.append(min(name for name, feeders in todo.items() if feeders.issubset(order)))
        del todo[order[-1]]
    return order


def guests_of(rules: Record) -> set[str]:
    also = rules.get("delegations", {}).get("also", ())
    return {name for one in also if one.get("guest") for name in (one["unit"], one["name"])}


def lines_of(rules: Record, stage: str) -> set[str]:
    """Name every line of a stage (6.4)."""
    rule = rules["stages"][stage]
    lines = {f"advance:{one['to']}" for one in rule.get("advance", ())}
    lines |= {f"award:{one['id']}" for one in rules.get("awards", ()) if one["stage"] == stage}
    for honour in rules.get("honours", ()):
        if honour.get("stage", stage) == stage:
            lines.add(f"honour:{honour['id']}")
    for one in rule.get("ranking", {}).get("distinct", ()):
        lines.add("ranks:{}-{}".format(*one["ranks"]))
    return lines


def chain_of(stage: Record) -> list[str]:
    chain: list[str] = stage.get("ranking", {}).get("keys", ["total"])
    return chain


def at_lines_of(stage: Record) -> list[str]:
    chain: list[str] = stage.get("ranking", {}).get("at_lines", [])
    return chain
