"""归档材料包: everything of a season that is kept, with a list of checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from leitai.base.errors import text_of
from leitai.certificates.models import Certificate
from leitai.documents.xlsx import Column, Sheet
from leitai.kernel.errors import DomainError
from leitai.ledger import selectors as ledger
from leitai.notices.models import Notice
from leitai.paperwork.material import records
from leitai.paperwork.packs import awarding, honours, programme, score_book, summary
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import as_sheets, file_name
from leitai.results import services as results
from leitai.results.selectors import standing_result

TITLE = "归档材料包"
SUMS = "SHA256SUMS.txt"
ABOUT = "说明.txt"


@dataclass(frozen=True, slots=True)
class _Piece:
    """`make` may refuse: then the package says what is not in it, and why."""

    folder: str
    title: str
    make: Callable[[], Made]


def make(wanted: Wanted) -> Made:
    """What cannot be made yet is named in the package with its reason."""
    pieces = list(_pieces(wanted))
    files: dict[str, bytes] = {}
    lacking: list[str] = []
    for number, piece in enumerate(pieces):
        wanted.tell(number, len(pieces))
        try:
            made = piece.make()
        except DomainError as error:
            lacking.append(f"{piece.title}：{text_of(error)}")
            continue
        files[f"{piece.folder}/{made.name}"] = made.data
    files[ABOUT] = _about(wanted, files, lacking).encode()
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    files[SUMS] = sums.encode()
    wanted.tell(len(pieces), len(pieces))
    return Made(file_name(wanted.short, TITLE, ending="zip"), _zipped(files, wanted))


def _pieces(wanted: Wanted) -> Iterator[_Piece]:
    yield _Piece(
        "1竞赛规则", "竞赛规则", lambda: Made("rules.yaml", wanted.season.rulebook.text.encode())
    )
    yield _Piece("2成绩", "成绩数据包", lambda: _bundle(wanted))
    for stage in wanted.season.stages.order_by("position"):
        told = replace(wanted, stage=stage.code)
        if wanted.law.stages[stage.code].method == "nomination":
            continue
        yield _Piece("0秩序册", f"{stage.title}秩序册", _bound(programme.make, told, "pdf"))
        for ending in ("pdf", "xlsx"):
            title = f"{stage.title}成绩册（{ending}）"
            yield _Piece("2成绩", title, _bound(score_book.make, told, ending))
    for ending in ("pdf", "docx", "xlsx"):
        title = f"获奖名单（{ending}）"
        yield _Piece("3奖项", title, _bound(awarding.make, wanted, ending))
    yield _Piece("3奖项", "荣誉推荐名单", _bound(honours.make, wanted, "xlsx"))
    yield _Piece("3奖项", "证书目录", lambda: _certificates(wanted))
    for notice in Notice.objects.filter(season=wanted.season, opens_at__isnull=False):
        yield _Piece("4公示公告", notice.title, _noticed(notice))
    yield _Piece("5操作留痕", "操作留痕", lambda: _chain(wanted))
    yield _Piece("6总结", "活动总结（草稿）", _bound(summary.make, wanted, "docx"))


def _bound(maker: Callable[[Wanted], Made], wanted: Wanted, ending: str) -> Callable[[], Made]:
    return lambda: maker(replace(wanted, format=ending))


def _bundle(wanted: Wanted) -> Made:
    path = results.write_bundle(actor=wanted.actor, season=wanted.season, at=wanted.at)
    return Made(path.name, path.read_bytes())


def _certificates(wanted: Wanted) -> Made:
    held = Certificate.objects.filter(award__season=wanted.season)
    rows = [
        (
            one.serial,
            one.holder,
            one.title,
            one.award.delegation.name,
            records.day_words(one.issued_at),
            f"已作废：{one.revoked_reason}" if one.revoked_at else "有效",
            hashlib.sha256(bytes(one.payload)).hexdigest(),
        )
        for one in held.select_related("award__delegation").order_by("serial")
    ]
    heads = ("证书编号", "获奖者", "奖项", "代表队", "签发日期", "状态", "内容校验码")
    widths = (30, 14, 20, 18, 16, 24, 66)
    columns = tuple(Column(*pair) for pair in zip(heads, widths, strict=True))
    sheet = Sheet("证书目录", f"{wanted.law.title}证书目录", columns, rows, landscape=True)
    return as_sheets([sheet], "证书目录")


def _noticed(notice: Notice) -> Callable[[], Made]:
    def make_text() -> Made:
        opened = records.moment_words(notice.opens_at) if notice.opens_at else ""
        closed = records.moment_words(notice.closes_at) if notice.closes_at else ""
        lines = [notice.title, f"{opened}—{closed}", "", notice.text, ""]
        lines.append("\t".join(map(str, notice.columns)))
        lines += ["\t".join(map(str, row)) for row in notice.rows if isinstance(row, list)]
        name = file_name(f"{notice.number:02d}", notice.title, ending="txt")
        return Made(name, "\n".join(lines).encode())

    return make_text


def _chain(wanted: Wanted) -> Made:
    chain = wanted.season.code
    return Made(f"ledger-{chain}.jsonl", "".join(ledger.export_lines(chain)).encode())


def _about(wanted: Wanted, files: dict[str, bytes], lacking: list[str]) -> str:
    versions = [
        f"{stage.title}成绩：第{held.version}版，结果校验码{held.outcome_digest}"
        for stage in wanted.season.stages.order_by("position")
        if (held := standing_result(wanted.season.code, stage.code)) is not None
    ]
    lines = [
        f"{wanted.law.title}{TITLE}",
        f"生成日期：{records.day_words(wanted.at)}",
        f"竞赛规则校验码：{wanted.law.hash}",
        *versions,
        f"共{len(files)}份文件，{SUMS}列有每份文件的SHA-256校验码，可用sha256sum -c核对。",
        "成绩数据包可用leitai verify脱离本系统重新计算；操作留痕可用leitai ledger verify核对。",
        "本材料包不含身份证号、手机号和银行账号。",
    ]
    if lacking:
        lines += ["", "未收入的材料：", *lacking]
    return "\n".join(lines) + "\n"


def _zipped(files: dict[str, bytes], wanted: Wanted) -> bytes:
    file = io.BytesIO()
    stamp = wanted.at.timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return file.getvalue()
