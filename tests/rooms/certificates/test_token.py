"""What a stranger gets: codes, keys and status list, each checked by another's Ed25519."""

import base64
import json
import re
import subprocess
from copy import deepcopy
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from leitai.base.actor import system
from leitai.certificates import printing, selectors, services, token
from leitai.certificates.models import Certificate
from leitai.certificates.token import Claim
from leitai.design import assets
from leitai.documents import qr
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring
from leitai.ledger import services as ledger
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.house import REPO
from tests.planting import once

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
LATER = AT + timedelta(days=3)


def holds(public, message, signature):
    """By tools/ed25519.py in a process of its own: nothing of ours is imported there."""
    code = (
        "import sys, ed25519; a = [bytes.fromhex(one) for one in sys.argv[1:]];"
        "print(ed25519.verify(*a))"
    )
    arguments = [public.hex(), message.hex(), signature.hex()]
    done = subprocess.run(
        ["python3", "-c", code, *arguments],
        cwd=REPO / "tools",
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip() == "True"


def parts_of(text):
    version, key, body, signature = text.split(".")
    decoded = [base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in (body, signature)]
    return version, key, *decoded


def test_vectors_of_the_browser_are_signed_as_they_say():
    public = bytes.fromhex(VECTORS["public"])
    for name, text in VECTORS["tokens"].items():
        version, _key, body, signature = parts_of(text)
        said = version.encode() + b"\n" + body
        assert holds(public, said, signature) is (name != "stranger")
    for name in ("keys", "status"):
        file = VECTORS[name]
        said = f"{file['kind']}\n{file['body']}".encode()
        assert holds(public, said, bytes.fromhex(file["signature"]))
        assert canonical.decode(file["body"].encode())


def test_field_cannot_become_two():
    claim = Claim("X-1", "贺\n知秋", "奖 项", "", "s", "2022-07-18")
    assert claim.body().split("\n") == ["X-1", "贺 知秋", "奖 项", "", "s", "2022-07-18"]


def plant():
    season = small.at_final()
    small.held(season, "final")
    return season


planted = once(plant)


@pytest.fixture
def issued(planted):
    made = deepcopy(planted)
    services.issue_certificates(actor=OFFICE, season=made, at=AT)
    return made


def test_code_is_made_at_issue_and_says_what_the_paper_says(issued):
    scholar = Certificate.objects.get(serial__contains="SCHOLAR")
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    version, key_id, body, signature = parts_of(scholar.token)
    assert (version, key_id) == ("LC1", key.id)
    assert body.decode().split("\n") == [
        "2022-SMALL-CONTEST-SCHOLAR-0001",
        "选手1",
        "人社知识通",
        "自贡市",
        CODE,
        "2022-07-18",
    ]
    assert holds(key.public, b"LC1\n" + body, signature)
    assert not holds(key.public, b"LC1\n" + body + b" ", signature)


def test_matrix_that_is_kept_is_the_code_of_the_address(issued):
    scholar = Certificate.objects.get(serial__contains="SCHOLAR")
    assert bytes(scholar.qr) == qr.matrix(printing.address_of(scholar.token))
    with Image.open(BytesIO(bytes(scholar.qr))) as image:
        side = image.width
        grey = image.convert("L")
    assert side == qr.modules_of(bytes(scholar.qr)) + 2 * qr.QUIET
    # a finder pattern: a ring of seven dark modules, then white, then a dark square of three
    row = [grey.getpixel((4 + at, 4 + 3)) < 128 for at in range(8)]
    assert row == [True, False, True, True, True, False, True, False]


def test_status_list_tells_revoked_and_superseded_and_the_last_number(issued):
    leader = make.actor("leader", season=CODE, account="8")
    first, second = Certificate.objects.filter(serial__contains="STAR").order_by("serial")[:2]
    for one, ask in (
        (first, services.propose_revoking),
        (second, services.propose_reissuing),
    ):
        held = ask(actor=OFFICE, certificate=one, reason="有误", at=LATER)
        ledger.approve(actor=leader, proposal=held, at=LATER)
    body = json.loads(selectors.status_file(at=LATER)["body"])
    on = "2022-07-21T02:00:00.000000Z"
    assert body == {
        "at": on,
        "revoked": {
            first.serial: {"on": on, "by": ""},
            second.serial: {"on": on, "by": "2022-SMALL-CONTEST-STAR-0005"},
        },
        "series": {
            "2022-SMALL-CONTEST-FIRST-": 1,
            "2022-SMALL-CONTEST-SCHOLAR-": 1,
            "2022-SMALL-CONTEST-SECOND-": 1,
            "2022-SMALL-CONTEST-STAR-": 5,
        },
    }


def test_files_for_strangers_are_signed_and_hold_no_name(issued, client):
    public = Keyring.load(settings.LEITAI_KEYS).current("results").public
    for name, kind in (("keys", token.KEYS), ("status", token.STATUS)):
        answer = client.get(f"/c/v/{name}.json")
        file = answer.json()
        assert file["kind"] == kind
        said = f"{kind}\n{file['body']}".encode()
        assert holds(public, said, bytes.fromhex(file["signature"]))
        assert "选手" not in answer.content.decode()
    seasons = json.loads(client.get("/c/v/keys.json").json()["body"])["seasons"]
    assert seasons == {CODE: {"title": "2022年度窗口业务练兵比武", "issuer": "比武活动办公室"}}


def test_export_writes_a_page_that_needs_no_house(issued, tmp_path, monkeypatch):
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "check.js").write_text("const box = 1;", encoding="utf-8")
    (tmp_path / "dist" / "check.css").write_text("body{}", encoding="utf-8")
    monkeypatch.setattr(assets, "DIST", tmp_path / "dist")
    record = {"file": "check.js", "css": ["check.css"]}
    entry = "frontend/src/islands/certificate/main.ts"
    monkeypatch.setattr(assets, "manifest", lambda: {entry: record})
    out = tmp_path / "out"
    written = services.export_check(actor=system("cli"), folder=out, at=LATER)
    assert sorted(str(path.relative_to(out)) for path in written) == [
        "c/v/check.css",
        "c/v/check.js",
        "c/v/data.js",
        "c/v/index.html",
        "c/v/keys.json",
        "c/v/status.json",
    ]
    page = (out / "c/v/index.html").read_text(encoding="utf-8")
    assert 'src="data.js"' in page
    assert 'type="module"' not in page  # a browser loads no module from a disk
    # One way leads online, for whoever wants it; nothing is loaded from anywhere.
    assert re.findall(r'\S+="https?:[^"]*"', page) == [
        f'href="{settings.LEITAI_PUBLIC_URL}/c/keys/"'
    ]
    script = (out / "c/v/check.js").read_text(encoding="utf-8")
    assert script.startswith("(function () {\n")
    with pytest.raises(DomainError, match="forbidden"):
        services.export_check(actor=OFFICE, folder=out, at=LATER)


def test_export_without_the_front_end_says_what_to_do(issued, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "manifest", dict)
    with pytest.raises(DomainError, match="certificate_page_unbuilt"):
        services.export_check(actor=system("cli"), folder=tmp_path, at=LATER)
