"""The stage's messages (docs/live.md «The wire»): what a frame may hold, and frames that go out."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec

from leitai.kernel.errors import DomainError
from leitai.lane.live.seeing import Show
from leitai.lane.live.texts import sentences
from leitai.lane.live.timing import Measured

MAX_FRAME: Final = 4096
_Seq = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Local = Annotated[float, msgspec.Meta(ge=0, le=1e12)]


class Enter(msgspec.Struct, tag_field="t", tag="enter", frozen=True):
    """The first frame."""

    ticket: Annotated[str, msgspec.Meta(max_length=512)]


class Sync(msgspec.Struct, tag_field="t", tag="sync", frozen=True, gc=False):
    """The answer to a ``sync``."""

    c: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    local: _Local


class Press(msgspec.Struct, tag_field="t", tag="press", frozen=True, gc=False):
    """A press of a seat."""

    q: _Seq
    n: _Seq
    local: _Local


class Move(msgspec.Struct, tag_field="t", tag="move", frozen=True):
    """A move of the host."""

    id: _Id
    after: _Seq
    kind: Annotated[str, msgspec.Meta(max_length=16)]
    seat: Annotated[str, msgspec.Meta(max_length=40)] = ""
    value: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Why(msgspec.Struct, tag_field="t", tag="why", frozen=True):
    """The host asks why a move cannot be made."""

    kind: Annotated[str, msgspec.Meta(max_length=16)]
    seat: Annotated[str, msgspec.Meta(max_length=40)] = ""
    value: Annotated[str, msgspec.Meta(max_length=500)] = ""


class ToScreen(msgspec.Struct, tag_field="t", tag="screen", frozen=True):
    """What the hall shall show; ``strip`` is the line of its lower third."""

    show: Show
    reveal: bool = False
    strip: Annotated[str, msgspec.Meta(max_length=80)] = ""


class Test(msgspec.Struct, tag_field="t", tag="test", frozen=True):
    """The network test."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=60)] = 6


class Want(msgspec.Struct, tag_field="t", tag="want", frozen=True):
    """The spectators' process asks for a snapshot of a match."""

    match: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


Message = Enter | Sync | Press | Move | Why | ToScreen | Test | Want
decode: Final = msgspec.json.Decoder(Message).decode
encode: Final = msgspec.json.Encoder().encode
_order: Final = msgspec.json.Decoder(tuple[str, ...]).decode


def hello(role: str, seat: str, view: Mapping[str, Any]) -> bytes:
    """The ticket was taken."""
    return encode({"t": "hello", "role": role, "seat": seat, "view": view})


def view(found: Mapping[str, Any]) -> bytes:
    """The state, whole."""
    return encode({"t": "view", "view": found})


def pressed(n: int, state: str, seq: int, at: int, code: str, data: Mapping[str, Any]) -> bytes:
    """What became of a press."""
    answer: dict[str, Any] = {"t": "press", "n": n, "state": state, "seq": seq, "at": at}
    if code:
        answer |= _said(code, data)
    return encode(answer)


def done(move: str, seq: int) -> bytes:
    """The move is durable."""
    return encode({"t": "done", "id": move, "seq": seq})


def refused(move: str, error: DomainError) -> bytes:
    """The move was not taken."""
    return encode({"t": "refused", "id": move, **_said(error.code, error.data)})


def sync(c: int, off: int | None, rtt: int, doubt: int) -> bytes:
    """Asks for the screen's clock, and says what is known of it."""
    return encode({"t": "sync", "c": c, "off": off, "rtt": rtt, "doubt": doubt})


def tested(found: Mapping[str, Measured]) -> bytes:
    """What the network test found."""
    return encode({"t": "tested", "seats": dict(found)})


def order(text: str) -> tuple[str, ...]:
    """Read an order of paddles; nothing where it is none."""
    try:
        return _order(text)
    except msgspec.MsgspecError:
        return ()


def snap(match: int, found: Mapping[str, Any]) -> bytes:
    """A snapshot for the spectators' process."""
    return encode({"t": "snap", "match": match, "view": found})


def bye(error: DomainError) -> bytes:
    """The last frame before the server closes."""
    return encode({"t": "bye", **_said(error.code, error.data)})


def _said(code: str, data: Mapping[str, Any]) -> dict[str, str]:
    zh, en = sentences(code, data)
    return {"code": code, "zh": zh, "en": en}
