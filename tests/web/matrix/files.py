"""One upload and one file of the contestant, of a kind that only the contestant may use."""

from __future__ import annotations

import base64
import io

from django.utils import timezone

from leitai.base.actor import Actor
from leitai.files import kinds, services
from leitai.files.services import NewUpload
from leitai.files.tus import BODY, VERSION
from tests.world import NAMES, World

NO_PAGE = {"/files/up/", "/files/up/<slug:token>", "/files/<int:file>/<str:name>"}
METHODS = {
    "files:uploads": ("GET", "POST", "OPTIONS"),
    "files:upload": ("GET", "POST", "HEAD", "PATCH", "DELETE"),
}
_WORDS = {"filename": "a.txt", "kind": "matrix"}
_METADATA = ",".join(
    f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in _WORDS.items()
)
HEADERS = {
    "files:uploads": {
        "Tus-Resumable": VERSION,
        "Upload-Length": "5",
        "Upload-Metadata": _METADATA,
    },
    "files:upload": {"Tus-Resumable": VERSION, "Upload-Offset": "0", "Content-Type": BODY},
}


def _theirs(actor: Actor, owner: str) -> bool:
    return actor.name == NAMES["contestant"]


kinds.register(kinds.FileKind("matrix", 100, ("txt",), _theirs, _theirs, 1000))


def things(world: World, place: str) -> dict[str, object]:
    account = world.accounts["contestant"]
    actor, at = Actor(str(account.pk), NAMES["contestant"]), timezone.now()
    new = NewUpload("matrix", "", "a.txt", 5)
    coming = services.create_upload(actor=actor, holder=actor.account, new=new, at=at)
    whole = services.receive_whole(
        actor=actor, holder=actor.account, new=new, read=io.BytesIO(b"words").read, at=at
    )
    kept = services.attach(actor=actor, upload=whole.token, kind="matrix", owner="x:1", at=at)
    return {"token": coming.token, "file": kept.pk, "name": kept.name}
