"""Random rulebooks, as plain data that the lint accepts, and small seasons full of ties.

Every draw leans to what is simple, so that a failing example shrinks to a short rulebook.
"""

import json
import re
from fractions import Fraction

from hypothesis import strategies as st

from leitai.kernel.errors import Problems
from leitai.rulebook import load

ANSWERS = ["share", "draw", "out", "vote", "playoff", "jury"]
SHARES = ["50%", "1/3", "2/3", "40%", "20%"]
ROUNDS = ["down", "up", "half-up"]
SECONDS = {"title": "用时", "better": "lower", "unit": "秒"}
MULTIPLE = {"title": "多选题得分", "better": "higher", "unit": "分", "decimals": 1}
EVENTS = {
    "paper": {"title": "笔试", "max": "100", "decimals": 1},
    "skill": {
        "title": "实操",
        "max": "100",
        "min": "-20",
        "decimals": 1,
        "keys": {"seconds": SECONDS, "multiple": MULTIPLE},
    },
    "daily": {"title": "日常学习", "max": "100", "decimals": 1},
}
GHOST = {"kind": "ghost", "key": "x"}  # nothing is ever known of it


class Maker:
    """Makes up values with few words; a chance is taken rarely when an example shrinks.

    ``random`` is Hypothesis's own, so that what it makes can shrink, or Python's.
    """

    def __init__(self, random):
        self.random = random

    def maybe(self, percent):
        return self.random.randint(0, 99) >= 100 - percent

    def one(self, values):
        return values[self.random.randint(0, len(values) - 1)]

    def some(self, values, least=0, most=None):
        most = min(most or len(values), len(values))
        left = list(values)
        count = self.count(min(least, most), most)
        return [left.pop(self.random.randint(0, len(left) - 1)) for _ in range(count)]

    def count(self, least, most):
        return self.random.randint(least, most)

    def answer(self):
        return self.one(ANSWERS)


def conditions(make, depth=0):
    kind = make.one(["is", "is", "has", "lacks", "below", "ghost", "not", "any", "all"])
    if kind in ("not", "any", "all") and depth < 2:
        if kind == "not":
            return {"not": conditions(make, depth + 1)}
        return {kind: [conditions(make, depth + 1) for _ in range(make.count(1, 2))]}
    if kind in {"has", "lacks"}:
        return {kind: {"kind": "group", "key": make.one(["A", "B"])}}
    if kind == "below":
        return {"below": {"kind": "age", "key": "30", "value": make.one(["30", "31"])}}
    if kind == "ghost":
        return make.one([{"has": GHOST}, {"lacks": GHOST}, {"is": {"kind": "ghost", "in": ["x"]}}])
    bound = make.one(["least", "most", "above", "under"])
    return make.one([
        {"is": {"kind": "ground", "in": ["是"]}},
        {"is": {"kind": "age", bound: make.one(["30", "40"])}},
    ])  # fmt: skip


def totals(make, events, carry_from):
    carry = []
    if carry_from and make.maybe(60):
        carry = [{"from": carry_from, "share": make.one(["40%", "1/3", "100%"])}]
        if make.maybe(20):
            carry[0]["of"] = "paper"
    total = {}
    kind = make.one(["sum", "weights", "part"])
    if kind == "weights" and len(events) == 2 and not carry:
        total["weights"] = make.one(
            [{"paper": "30%", "skill": "70%"}, {"paper": "1/3", "skill": "2/3"}]
        )
    elif kind == "part" and len(events) == 2:
        total["sum"], total["weights"] = ["paper"], {"skill": make.one(["50%", "20%"])}
    elif kind == "weights" and len(events) == 1 and not carry:
        total["weights"] = {events[0]: make.one(["50%", "1/3"])}
    else:
        total["sum"] = list(events)
    if carry:
        total["carry"] = carry
    if make.maybe(20):
        total["base"] = make.one(["5", "-75.5", "0.25"])
    if make.maybe(30):
        total["round"] = {
            "decimals": make.count(0, 1),
            "mode": make.one(["half-up", "half-even", "down", "up"]),
        }
    return total


def rankings(make, events, figures, earlier):
    pool = ["fact:age", "-fact:born", *events, *figures]
    pool += ["skill.seconds", "skill.multiple"] if "skill" in events else []
    if earlier:
        pool += [f"stage:{earlier}", f"stage:{earlier}.paper"]
    head = ["total"] if make.maybe(90) else []
    keys = head + make.some(pool, least=1 - len(head), most=2)
    ranking = {"keys": keys, "unbroken": make.answer()}
    rest = [one for one in pool if one not in keys]
    if rest and make.maybe(30):
        ranking["at_lines"] = make.some(rest, least=1, most=2)
    if make.maybe(15):
        first = make.count(1, 3)
        ranking["distinct"] = [
            {"ranks": [first, first + make.count(0, 2)], "unbroken": make.answer()}
        ]
    if make.maybe(15):
        ranking["style"] = "dense"
    return ranking


def teams(make, ranking, *, fed, together, plus):
    team = {"title": "团体", "unbroken": make.answer()}
    if make.maybe(70):
        team["top"] = make.count(1, 3)
        team["fewer"] = make.one(["count", "exclude"])
    if make.maybe(30):
        team["score"] = "mean"
    if fed and make.maybe(50):
        team["of"] = "advanced"
    if make.maybe(20):
        team["who"] = make.one(["team", "individual"])
    if plus and make.maybe(50):
        team["plus"] = {"daily": make.one(["50%", "1"])}
    if make.maybe(20):
        team["round"] = {"decimals": 0, "mode": make.one(["half-up", "half-even", "down", "up"])}
    if together:
        team["tracks"] = "together"
    pool = ["members", "slot:1", "slot:2"]
    pool += [f"{how}:{key}" for how in ("sum", "best") for key in ranking["keys"]]
    pool += ["daily"] if "plus" in team else []
    team["keys"] = ["total", *make.some(pool, most=2)]
    rest = [one for one in pool if one not in team["keys"]]
    if make.maybe(25):
        team["at_lines"] = make.some(rest, least=1, most=1)
    return team


def portions(make):
    rule = {"share": make.one(SHARES), "round": make.one(ROUNDS)}
    if make.maybe(50):
        rule["of"] = make.one(["ranked", "rest", "entrants"])
    return rule


def advances(make, to, *, guests, team, boards, tracks):
    rules = []
    for nth in range(make.count(1, 3)):
        kinds = ["top", "share", "least", "per", "take"] + (["teams"] * 3 if team else [])
        kinds += ["up_to"] * 3 if nth else []
        kind = make.one(kinds)
        rule = {"to": to, **places_of(make, kind)}
        if boards and kind in ("top", "share", "per") and make.maybe(40):
            rule["board"] = name = make.one(sorted(boards))
            rule.pop("per", None)
            if boards[name].get("per"):
                rule["per"] = boards[name]["per"]
        if nth and kind not in ("take", "up_to"):
            rule["except"] = "already"
        if kind in ("top", "share", "per", "up_to") and make.maybe(40):
            rule["reserves"] = make.count(1, 3)
        if guests and (kind not in ("take", "least") or make.maybe(50)):
            rule["guests"] = make.one(["skip", "include"])
        _limit(make, rule, tracks)
        rules.append(rule)
    return rules


def places_of(make, kind):
    ways = {
        "take": lambda: {"take": "everyone"},
        "teams": lambda: {"as": "team", "teams": make.count(1, 2), "members": make.count(1, 2)},
        "share": lambda: {"share": portions(make)},
        "least": lambda: {"least": make.one(["140", "80", "70", "60.5"])},
        "up_to": lambda: {"up_to": make.count(1, 6)},
        "per": lambda: {"top": make.count(1, 2), "per": make.one(["group", "delegation", "unit"])},
        "top": lambda: {"top": make.count(1, 5)},
    }
    return ways[kind]()


def _limit(make, rule, tracks):
    if make.maybe(20):
        rule["where"] = conditions(make)
    if make.maybe(25) and not {"teams", "per", "except"} & set(rule):
        caps = [
            {"per": "delegation", "count": 1},
            {"per": "unit", "count": 2},
            {"per": "unit", "count": 1},
        ]
        rule["cap"] = [make.one(caps)]
    if make.maybe(25):
        rule["fill"] = "none"
    if make.maybe(40):
        rule["unbroken"] = make.answer()
    if make.maybe(15) and "except" not in rule:
        rule["when"] = make.one([{"least": 4}, {"most": 6}])
    if make.maybe(10):
        rule["confirm"] = "组委会"
    if len(tracks) > 1 and make.maybe(20) and "except" not in rule:
        rule["tracks"] = [make.one(tracks)]


def boards_of(make, events):
    found = {}
    if make.maybe(30):
        found["young"] = {"title": "青年榜", "where": conditions(make)}
        if make.maybe(40):
            found["young"]["unbroken"] = make.answer()
        if make.maybe(40):
            found["young"]["per"] = make.one(["group", "delegation"])
    if make.maybe(15):
        found["other"] = {
            "title": "单项榜",
            "keys": make.some([*events, "fact:age"], least=1, most=2),
        }
    return found


def stage_of(make, *, earlier, to, tracks, guests):
    events = make.one(
        [["paper"], ["paper", "skill"]] if not earlier else [["skill"], ["paper", "skill"]]
    )
    stage = {"title": "决赛" if earlier else "初赛", "events": events}
    figures = {}
    if make.maybe(30):
        figures["own"] = {"title": "本场成绩", "sum": make.some(events, least=1)}
        if make.maybe(30):
            figures["own"]["better"] = "lower"
        if make.maybe(30):
            figures["own"]["weights"] = {make.one(events): "50%"}
    if make.maybe(70):
        stage["total"] = totals(make, events, earlier)
    if figures:
        stage["figures"] = figures
    stage["ranking"] = rankings(make, events, list(figures), earlier)
    if make.maybe(30):
        stage["absent"] = "zero"
    if make.maybe(25):
        stage["qualify"] = [
            {"of": make.one(["total", *events, *figures]), "least": make.one(["60", "70.5"])}
        ]
    if boards := boards_of(make, events):
        stage["boards"] = boards
    if make.maybe(60):
        together = len(tracks) > 1 and make.maybe(40)
        stage["team"] = teams(
            make, stage["ranking"], fed=bool(earlier), together=together, plus=True
        )
    team = stage.get("team", {})
    if to:
        stage["advance"] = advances(
            make, to, guests=guests, tracks=tracks, boards=boards,
            team=bool(team) and team.get("tracks") != "together",
        )  # fmt: skip
    if make.maybe(20):
        stage["bars"] = [
            {"id": "one", "title": "不符合条件", make.one(["refuse", "require"]): conditions(make)}
        ]
    if make.maybe(7):
        stage["held"] = make.one([{"least": 5}, {"most": 8}])
    return stage


def awards_of(make, stages_, tracks):
    awards = []
    for nth in range(make.count(0, 4)):
        stage = make.one(sorted(stages_))
        rule = stages_[stage]
        award = {"id": f"w{nth}", "title": f"奖{nth}", "stage": stage}
        award["to"] = "team" if "team" in rule and make.maybe(40) else "person"
        award |= _award_places(make, award, awards)
        if award["to"] == "person":
            _award_board(make, award, rule)
        if make.maybe(25):
            award["within"] = portions(make)
        others = [one["id"] for one in awards if one["to"] == award["to"]]
        if others and make.maybe(60):
            award["unless"] = make.some(others, least=1)
            award["succession"] = make.one(["next", "none"])
        if make.maybe(25):
            award["guests"] = make.one(["skip", "include"])
        if make.maybe(50):
            award["unbroken"] = make.answer()
        if make.maybe(60):
            award["stacks"] = True
        if len(tracks) > 1 and make.maybe(15):
            award["tracks"] = [make.one(tracks)]
        awards.append(award)
    if make.maybe(30):
        awards.reverse()
    return awards


def _award_places(make, award, awards):
    kind = make.one(["ranks", "top", "share", "least", "rest", "per", "ranks"])
    if kind == "ranks":
        same = [one for one in awards if one["to"] == award["to"] and "per" not in one]
        begin = 1 + max([one.get("ranks", [0, one.get("top", 0)])[1] for one in same], default=0)
        return {"ranks": [begin, begin + make.count(0, 2)]}
    if kind == "share":
        return {"share": portions(make)}
    if kind == "least":
        return {"least": make.one(["140", "80", "70"])}
    if kind == "rest":
        return {"rest": True}
    if kind == "per" and award["to"] == "person":
        return {"top": make.count(1, 2), "per": make.one(["delegation", "group"])}
    return {"top": make.count(1, 4)}


def _award_board(make, award, rule):
    boards = {name: one for name, one in rule.get("boards", {}).items() if not one.get("per")}
    if boards and "per" not in award and make.maybe(40):
        award["board"] = make.one(sorted(boards))
    if make.maybe(20):
        award["where"] = conditions(make)


def law_of(make, *, short=False):
    """Make a rulebook as plain data, and the rules that the loader makes of it."""
    guests = make.maybe(40)
    tracks = ["duo", "solo"] if make.maybe(20) else ["solo"]
    two = not short and make.maybe(50)
    found = {
        "one": stage_of(make, earlier="", to="two" if two else "up", tracks=tracks, guests=guests)
    }
    if two:
        to = make.one(["up", "", "sum"])
        found["one"].pop("held", None)  # what would be carried from a stage that is not held?
        found["two"] = stage_of(make, earlier="one", to=to, tracks=tracks, guests=guests)
        if to == "sum":  # no events of its own: what the others gave is added up
            carry = [{"from": "one", "share": "40%"}, {"from": "two", "share": "60%"}]
            found["sum"] = {
                "title": "总成绩", "total": {"carry": carry},
                "ranking": {"keys": ["total", "stage:two"], "unbroken": make.answer()},
            }  # fmt: skip
    if make.maybe(10):
        bars = [{"id": "first", "title": "不得报名", "refuse": conditions(make)}]
        found["pick"] = {
            "title": "选拔", "method": "nomination", "bars": bars,
            "advance": [{"to": "one", "take": "everyone"}],
        }  # fmt: skip
        found["one"].pop("held", None)
    law = {"rulebook": 1, "id": "random", "title": "随机赛", "stages": found}
    law["tracks"] = {name: {"title": name} for name in tracks}
    codes = [{"unit": code, "name": code} for code in "abcg"]
    if guests:
        codes[3]["guest"] = True
    law["delegations"] = {"also": codes}
    law["awards"] = awards_of(make, {key: found[key] for key in found if key != "pick"}, tracks)
    return settled(law)


def settled(law):
    """Leave out awards that the lint finds wrong, and declare what is used and nothing else."""
    while True:
        _declare(law)
        said = {key: part for key, part in law.items() if part or key not in ("awards", "beyond")}
        try:
            return law, load(json.dumps(said, ensure_ascii=False), name="random.yaml")
        except Problems as problems:
            _mend(law, problems)


def _declare(law):
    stages = law["stages"].values()
    used = {event for one in stages for event in one.get("events", [])}
    used |= {event for one in stages for event in one.get("team", {}).get("plus", {})}
    law["events"] = {name: EVENTS[name] for name in EVENTS if name in used}
    goes_up = any(rule["to"] == "up" for one in stages for rule in one.get("advance", []))
    law["beyond"] = {"up": {"title": "上一级比赛"}} if goes_up else {}


WRONG = re.compile(r"awards\[(?P<award>\d+)\]|(?P<of>team\.of)|(?P<many>members|team\.top)")


def _mend(law, problems):
    """Take away what asks for more than there can be; anything else is a fault of this file."""
    places = [WRONG.search(one.place) for one in problems.problems]
    if not all(places):
        raise problems
    if any(one["many"] for one in places):
        law["stages"]["two"].get("team", {}).pop("top", None)
        for rule in law["stages"]["two"].get("advance", ()):
            if "teams" in rule:
                rule["members"] = 1
    if any(one["of"] for one in places):
        for stage in law["stages"].values():
            stage.get("team", {}).pop("of", None)
    wrong = {int(one["award"]) for one in places if one["award"]}
    kept = [one for at, one in enumerate(law["awards"]) if at not in wrong]
    names = {one["id"] for one in kept}
    for one in kept:
        if "unless" in one and not names.issuperset(one["unless"]):
            del one["unless"]
    law["awards"] = kept


POINTS = [Fraction(text) for text in ("80", "70", "60", "90", "75.5", "70.5")]


def people_of(make, law, *, most=3):
    """Make who takes part and what each would score: (entries, {(stage, event): {…}}, facts)."""
    first = "pick" if "pick" in law["stages"] else "one"
    entries, scores, facts = [], {}, {}
    for track in law["tracks"]:
        for code in "abcg":
            for number in range(make.count(0, most)):
                name = f"{code}{number}{track[0]}"
                as_ = make.one(["individual", "individual", "team"])
                entries.append((first, track, name, code, as_))
                facts[name] = {
                    kind: make.one(values)
                    for kind, values in FACTS.items()
                    if make.maybe(60 if kind != "withdrawn" else 8)
                }
                for stage, rule in law["stages"].items():
                    for event in rule.get("events", []):
                        scores.setdefault((stage, track, event), {})[name] = _score(make, event)
            for stage, rule in law["stages"].items():
                if "plus" in rule.get("team", {}):
                    scores.setdefault((stage, track, "daily"), {})[code] = _score(make, "daily")
    if make.maybe(15):
        facts = {}
    return entries, scores, facts


FACTS = {
    "group": ["A", "B"],
    "unit": ["u1", "u2"],
    "age": ["30", "40"],
    "born": ["1990-01-01", "1990-02-01"],
    "slot": ["1", "2"],
    "ground": ["是", "否"],
    "withdrawn": ["two", "up", "season"],
}


def _score(make, event):
    status = make.one(["ok"] * 10 + ["absent", "void"])
    keys = {"seconds": make.one([30, 31]), "multiple": make.one([0, 5])} if event == "skill" else {}
    value = make.one(POINTS)
    keys = {name: Fraction(figure) for name, figure in keys.items()}
    return status, value if status == "ok" else Fraction(0), keys


def found_in(random, **limits):
    """Make (law, rules, people, strict) from a source of chance."""
    make = Maker(random)
    law, rules = law_of(make, **limits)
    return law, rules, people_of(make, law), make.maybe(50)


def seasons(**limits):
    """Random rulebooks with random people in them."""
    return st.randoms(use_true_random=False).map(lambda random: found_in(random, **limits))
