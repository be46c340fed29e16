"""A small season worked out by hand: every record is written down here, none is computed.

Two delegations of two sit one exam. 甲一 has 9.0; 乙一 and 甲二 tie at 8.5; 乙二 has 7.0. The award
for the places 1 and 2 tears the tie at rank 2, and the draw put 乙一 first. The teams have
9.0 + 8.5 = 17.5 = 35/2 and 8.5 + 7.0 = 15.5 = 31/2 points.
"""

import hashlib
import json
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leitai.rulebook import bundle, load
from leitai.rulebook.data import EntryIn, FactIn, ResolutionIn, ScoreIn
from leitai.rulebook.engine import decide
from tests.tools.rulebooks import TINY
from tests.tools.seasons import Pen

PEN = Pen(1)
FINGERPRINT = "lt1:34750f98bd59fcfc946da45aaabe933b"
AT = datetime(2022, 8, 21, 2, 0, tzinfo=UTC)
TRACK = {"track": "individual"}

RULES = {
    "awards": [
        {"id": "team", "ranks": [1, 1], "stage": "contest", "title": "优胜队", "to": "team"},
        {"id": "best", "ranks": [1, 2], "stage": "contest", "title": "优胜者", "to": "person"},
    ],
    "delegations": {"each": {"level": "prefecture", "under": "51"}, "title": "代表队"},
    "events": {"exam": {"decimals": 1, "kind": "exam", "max": "10.0", "title": "比试"}},
    "id": "tiny",
    "rulebook": 1,
    "stages": {
        "contest": {
            "events": ["exam"],
            "method": "contest",
            "ranking": {"keys": ["total"], "unbroken": "draw"},
            "team": {
                "fewer": "count",
                "keys": ["total"],
                "title": "团体成绩",
                "top": 2,
                "unbroken": "draw",
            },
            "title": "比赛",
            "total": {"sum": ["exam"]},
        },
        "nomination": {
            "advance": [{"as": "individual", "take": "everyone", "to": "contest"}],
            "bars": [
                {
                    "id": "newcomers",
                    "refuse": {"has": {"key": "决赛", "kind": "contest", "since": 2019}},
                    "source": "已参加过2019年以来决赛的不参加",
                    "title": "新人赛",
                }
            ],
            "method": "nomination",
            "quota": {"count": 2, "per": "delegation"},
            "title": "报名",
        },
    },
    "title": "小赛",
    "tracks": {"individual": {"kind": "person", "title": "个人赛"}},
    "year": 2022,
}


def plain(value):
    """Canonical JSON, for values without any character that needs care."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _entry(stage, code, name):
    delegation, person = code.split("-")[0], "p" + code.replace("-", "")
    row = {"stage": stage, "id": code, "name": name, "delegation": delegation, "person": person}
    row |= {"as": "individual", "entrant": "person", "members": []}
    return {"kind": "entry"} | TRACK | row


def _score(code, value):
    row = {"stage": "contest", "event": "exam", "entry": code, "value": value}
    row |= {"decimals": 1, "over": 1, "keys": {}, "status": "ok"}
    return {"kind": "score"} | TRACK | row


def _standing(board, rank, code, *, total, decided_by=None):
    row = {"board": board, "rank": rank, "entry": code, "delegation": code[:4], "total": total}
    row |= {"values": [total], "tied_with": 0, "decided_by": decided_by}
    return {"kind": "standing", "stage": "contest"} | TRACK | row


def _team(rank, code, total, counted):
    row = {"rank": rank, "delegation": code, "total": total, "counted": counted, "guest": False}
    row |= {"advanced": False, "tied_with": 0, "decided_by": None}
    return {"kind": "team", "stage": "contest"} | TRACK | row


def _advance(code):
    reason = {"code": "advance_all", "data": {"source": "stages.nomination.advance[0]"}}
    row = {"stage": "nomination", "to_stage": "contest", "entry": code, "delegation": code[:4]}
    return {"kind": "advance", "as": "individual", "reason": reason} | TRACK | row


def _award(award, title, holder, *, code, rank, total, last):
    data = {"stage": "比赛", "rank": rank, "place": rank, "total": total, "first": 1, "last": last}
    reason = {"code": code, "data": data | {"source": f"awards.{award}"}}
    person = code == "award_rank"
    row = {"award": award, "title": title, "holder": holder, "delegation": holder[:4]}
    row |= {"holder_kind": "person" if person else "team", "board": "main" if person else "teams"}
    return {"kind": "award", "stage": "contest", "rank": rank, "reason": reason} | TRACK | row


def _drawn(position):
    data = {"total": "8.5", "how": "draw", "position": position, "count": 2, "note": "当众抽签"}
    return {"code": "resolved", "data": data}


NAMES = {"5101-1": "甲一", "5101-2": "甲二", "5102-1": "乙一", "5102-2": "乙二"}
RECORDS = [
    {
        "kind": "bundle",
        "format": "leitai-bundle-2",
        "suite": "lt1",
        "season": "tiny-2022",
        "title": "小赛",
        "made_at": "2022-08-21T02:00:00Z",
        "counts": {
            "delegation": 2,
            "entry": 8,
            "known": 1,
            "fact": 1,
            "title": 0,
            "tie_key": 0,
            "score": 4,
            "resolution": 1,
            "standing": 8,
            "team": 2,
            "advance": 4,
            "reserve": 0,
            "award": 3,
            "honour": 0,
        },
    },
    {
        "kind": "rulebook",
        "text": TINY,
        "canonical": plain(RULES),
        "hash": hashlib.sha256(plain(RULES).encode()).hexdigest(),
    },
    {"kind": "delegation", "code": "5101", "name": "甲市", "guest": False},
    {"kind": "delegation", "code": "5102", "name": "乙市", "guest": False},
    *(_entry("contest", code, name) for code, name in NAMES.items()),
    *(_entry("nomination", code, name) for code, name in NAMES.items()),
    {"kind": "known", "fact": "contest", "key": "决赛"},
    {
        "kind": "fact",
        "person": "p51011",
        "fact": "contest",
        "key": "决赛",
        "value": "",
        "since": "2017-09-01",
        "until": None,
        "source": "主办方名册",
    },
    _score("5101-1", 90),
    _score("5101-2", 85),
    _score("5102-1", 85),
    _score("5102-2", 70),
    {
        "kind": "resolution",
        "stage": "contest",
        "board": "main",
        "line": "award:best",
        "order": ["5102-1", "5101-2"],
        "how": "draw",
        "note": "当众抽签",
    }
    | TRACK,
    _standing("main", 1, "5101-1", total="9"),
    _standing("main", 2, "5102-1", total="17/2", decided_by=_drawn(1)),
    _standing("main", 3, "5101-2", total="17/2", decided_by=_drawn(2)),
    _standing("main", 4, "5102-2", total="7"),
    _standing("team:5101", 1, "5101-1", total="9"),
    _standing("team:5101", 2, "5101-2", total="17/2"),
    _standing("team:5102", 1, "5102-1", total="17/2"),
    _standing("team:5102", 2, "5102-2", total="7"),
    _team(1, "5101", "35/2", ["5101-1", "5101-2"]),
    _team(2, "5102", "31/2", ["5102-1", "5102-2"]),
    *(_advance(code) for code in NAMES),
    _award("best", "优胜者", "5101-1", code="award_rank", rank=1, total="9.0", last=2),
    _award("best", "优胜者", "5102-1", code="award_rank", rank=2, total="8.5", last=2),
    _award("team", "优胜队", "5101", code="award_team", rank=1, total="17.5", last=1),
]


def signed(records, seed=1):
    """The file of these records, signed without any code of ours."""
    body = b"".join(plain(record).encode() + b"\n" for record in records)
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    public = key.public_key().public_bytes_raw()
    seal = {
        "kind": "signature",
        "suite": "lt1",
        "key": public.hex(),
        "fingerprint": "lt1:" + hashlib.sha256(public).hexdigest()[:32],
        "signature": key.sign(body).hex(),
    }
    return body + plain(seal).encode() + b"\n"


def inputs():
    """The same season as the engine takes it."""
    return {
        "entries": [
            EntryIn(code, stage, "individual", name, code[:4], "p" + code.replace("-", ""))
            for stage in ("nomination", "contest")
            for code, name in NAMES.items()
        ],
        "scores": [
            ScoreIn("contest", "individual", "exam", code, value, 1)
            for code, value in {"5102-2": 70, "5101-1": 90, "5101-2": 85, "5102-1": 85}.items()
        ],
        "resolutions": [
            ResolutionIn(
                "contest",
                "individual",
                "main",
                "award:best",
                ("5102-1", "5101-2"),
                "draw",
                "当众抽签",
            )
        ],
    }


FACTS = [FactIn("p51011", "contest", "决赛", "", date(2017, 9, 1), None, "主办方名册")]


def written(**changes):
    """What our writer makes of the season; ``changes`` replace its arguments."""
    rules = load(TINY)
    given = inputs()
    outcome = decide(rules, **given, delegations=("5101", "5102"), facts=FACTS)
    arguments = {
        "delegations": {"5102": "乙市", "5101": "甲市"},
        "facts": FACTS,
        "outcome": outcome,
        "key": PEN,
        **given,
        **changes,
    }
    return bundle.write(bundle.Head("tiny-2022", "小赛", AT), rules, **arguments)


GOLDEN = signed(RECORDS)
