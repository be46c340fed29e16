"""A contestant of the demonstration on a machine that is too busy: late, and nothing is lost."""

from __future__ import annotations

import asyncio
import time

import pytest

from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.contestant import Contestant, Habits
from leitai.web.demonstration.wire import Refused

HABITS = Habits(answers=1, batches=1, starts_after=0.0, hands_in=True, drops_at=0, moves_at=0)
ITEMS = [{"n": 1, "stem": "一", "type": "truefalse"}]


class Hall:
    """The lane's side: every save and hand-in is refused with this answer."""

    def __init__(self, status: int, code: str, *, seconds: float) -> None:
        now = time.time() * 1000
        self.refusal = Refused(status, {"code": code})
        self.seat = {
            "sitting": 7,
            "ticket": "t",
            "digest": "00" * 32,
            "now": now,
            "deadline": now + seconds * 1000,
            "exam": {"opens_at": now},
            "paper": {"id": "p", "version": 1, "href": "/p"},
        }

    async def post(self, path: str, _body: object) -> dict[str, object]:
        if path == "/v1/enter":
            return self.seat
        raise self.refusal

    async def get(self, _path: str) -> bytes:
        return b""

    def drop(self) -> None:
        pass


def sat(hall: Hall, monkeypatch):
    one = Contestant(
        ("127.0.0.1", 1), "code", habits=HABITS, strength=1000, keys={"一": "T"}, chance=Chance("x")
    )
    one._wire = hall

    async def opened(_self: Contestant, _sealed: bytes) -> dict[str, object]:
        return {"items": ITEMS}

    monkeypatch.setattr(Contestant, "_open", opened)
    return asyncio.run(one.sit(0.0))


def test_the_end_that_came_first_is_no_fault(monkeypatch):
    diary = sat(Hall(410, "late", seconds=-1), monkeypatch)
    assert (diary.late, diary.faults, diary.acknowledged) == (True, [], {})


@pytest.mark.parametrize(
    ("status", "code", "seconds"),
    [(410, "late", 60), (409, "digest", -1)],  # before the end; something else after it
)
def test_any_other_refusal_is(monkeypatch, status, code, seconds):
    diary = sat(Hall(status, code, seconds=seconds), monkeypatch)
    assert (diary.late, len(diary.faults)) == (False, 1)
