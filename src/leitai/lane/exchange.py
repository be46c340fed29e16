"""One request and its one answer, between the HTTP layer and the routes."""

from http import HTTPStatus
from typing import Final, Protocol

from leitai.kernel.errors import DomainError
from leitai.lane.errors import RETRY_SECONDS, body_of, status_of

JSON: Final = b"Content-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\n"
_OPENINGS: Final = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus
}


class Answering(Protocol):
    """What an exchange needs of its connection."""

    @property
    def peer(self) -> str:
        """The address at the other end."""

    def send(self, exchange: "Exchange", status: int, body: bytes, headers: bytes) -> None:
        """Write the answer, if this exchange is still the one in hand."""


class Exchange:
    """One request and the way to answer it, once; answers to a lost connection are dropped."""

    __slots__ = (
        "body",
        "connection",
        "cors",
        "forwarded",
        "keep_alive",
        "method",
        "path",
        "refusal",
    )

    def __init__(self, connection: Answering) -> None:
        self.connection = connection
        self.method = b""
        self.path = b""
        self.body = b""
        self.cors = b""
        self.forwarded = b""
        self.keep_alive = True
        self.refusal: DomainError | None = None

    def answer(self, status: int, body: bytes, headers: bytes = JSON) -> None:
        """Send the answer; ``headers`` are whole lines."""
        self.connection.send(self, status, body, headers)

    def refuse(self, error: DomainError) -> None:
        """Send a refusal; the connection stays when the request was read to its end."""
        headers = JSON
        if error.code in RETRY_SECONDS:
            headers = b"%sRetry-After: %d\r\n" % (JSON, RETRY_SECONDS[error.code])
        self.answer(status_of(error), body_of(error), headers)

    @property
    def peer(self) -> str:
        """The address at the other end of the connection."""
        return self.connection.peer


def render(exchange: Exchange, status: int, body: bytes, headers: bytes, *, stays: bool) -> bytes:
    """The whole answer; ``stays`` says whether the connection is kept."""
    return b"%s%s%sX-Content-Type-Options: nosniff\r\n%sContent-Length: %d\r\n\r\n%s" % (
        _OPENINGS[status],
        headers,
        exchange.cors,
        b"" if stays else b"Connection: close\r\n",
        len(body),
        body,
    )
