"""`leitai bench certificates`: what issuing costs, and what setting on paper costs, apart.

No database: invented holders, the real press, the real key. One JSON object a line.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from leitai.web.cli import house

if TYPE_CHECKING:
    from leitai.certificates.models import Certificate

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = "知秋望舒怀瑾清和砚书明远疏影雨眠行简晚霁景行思齐若谷云起修竹静姝"
_SELF, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
_PLACES = ("成都市", "自贡市", "攀枝花市", "泸州市", "德阳市", "绵阳市", "广元市")


def run(arguments: argparse.Namespace) -> int:
    house.open_house()
    with tempfile.TemporaryDirectory(prefix="leitai-bench-") as folder:
        for line in _figures(arguments.count, Path(folder)):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 0


def _figures(count: int, folder: Path) -> Iterator[dict[str, object]]:
    from leitai.certificates import printing  # after django.setup(), as below
    from leitai.certificates.services import papers

    sheets = [_sheet(number) for number in range(1, count + 1)]
    with _clock() as took:
        found = printing.crew().measure("classic", printing.document_of(_blank(sheets), {}))
    yield {"step": "preflight", "sheets": count, "too_long": len(found), **took}
    with _clock() as took:
        made = [_issued(sheet) for sheet in sheets]
    yield {"step": "issue: payload, signature, QR matrix", "certificates": count, **took}
    with _clock() as took:
        size = 0
        for one, data in papers.set_each(made):
            (folder / f"{one.serial}.pdf").write_bytes(data)
            size += len(data)
    yield {"step": "separate files", "files": count, "bytes": size, **took}
    fresh = [_issued(_sheet(number)) for number in range(count + 1, 2 * count + 1)]
    with _clock() as took:
        data = papers.set_many(fresh)
        (folder / "all.pdf").write_bytes(data)
    yield {"step": "one file of all", "pages": count, "bytes": len(data), **took}


def _sheet(number: int) -> dict[str, object]:
    given = _GIVEN[number * 7 % len(_GIVEN)] + _GIVEN[number * 11 % len(_GIVEN)]
    serial = f"2022-BENCH-STAR-{number:04d}"
    return {
        "key": serial,
        "serial": serial,
        "season": "2022年度窗口单位业务技能练兵比武活动",
        "heading": "荣誉证书",
        "holder": _FAMILY[number % len(_FAMILY)] + given,
        "salutation": "同志",
        "body": [f"在总决赛中，个人名次列第{number}名，被评为"],
        "award": "“岗位练兵明星”",
        "closing": ["特发此证，以资鼓励。"],
        "facts": [
            ["证书编号", serial],
            ["代表队", _PLACES[number % len(_PLACES)]],
            ["查验", "扫码，或登录 leitai.example/c"],
        ],
        "signers": ["比武活动组委会办公室"],
        "date": "2022年8月20日",
        "fits": {},
        "layer": "",
    }


def _blank(sheets: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{**sheet, "qr": "", "modules": 1} for sheet in sheets]


def _issued(sheet: dict[str, object]) -> Certificate:
    from django.conf import settings

    from leitai.certificates import printing, token
    from leitai.certificates.models import Certificate
    from leitai.kernel import canonical
    from leitai.kernel.suites import suite
    from leitai.keyring import Keyring

    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    serial, holder = str(sheet["serial"]), str(sheet["holder"])
    payload = canonical.encode({"kind": "certificate", "serial": serial, "holder": holder})
    text = token.make(
        token.Claim(serial, holder, "岗位练兵明星", "自贡市", "bench-2022", "2022-08-20"), key
    )
    return Certificate(
        serial=serial,
        holder=holder,
        payload=payload,
        signature=suite().sign(key.secret, payload),
        token=text,
        qr=printing.code_of(text),
        design="classic",
        sheet=sheet,
        issued_at=datetime.now(UTC),
    )


@contextmanager
def _clock() -> Iterator[dict[str, float]]:
    """Seconds that passed, and seconds of the processor in this process and those it started."""
    took: dict[str, float] = {}
    wall, cpu = time.perf_counter(), _cpu()
    yield took
    took["seconds"] = round(time.perf_counter() - wall, 3)
    took["cpu_seconds"] = round(_cpu() - cpu, 3)


def _cpu() -> float:
    mine, theirs = (resource.getrusage(whose) for whose in (_SELF, _CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime
