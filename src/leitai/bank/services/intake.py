"""Import of question tables: all or nothing, repeatable, and what is incomplete waits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext
from typing_extensions import override

from leitai.bank import rules, sealed
from leitai.bank.errors import as_problem
from leitai.bank.models import Bank, Item, ItemVersion, RepairRow
from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.interchange import ItemDraft, Reading, Repair, RowProblem, Weight, read_items
from leitai.interchange.tables import MAX_BYTES
from leitai.interchange.text import squeeze
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger

CHAIN: Final = "bank"
BATCH: Final = 2000
BANK_CODE: Final = re.compile(r"^(?!import$|\.{1,2}$)[^\s/\\?#%]{1,64}$")
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or (`dry_run`) would do.

    `repaired` rows stand on the repair list; `revised` questions have a new version, whose notes
    or spelling differ. Nothing is taken while one of `problems` weighs REFUSE.
    """

    name: str
    added: int = 0
    unchanged: int = 0
    revised: int = 0
    repaired: int = 0
    problems: tuple[RowProblem, ...] = ()
    dry_run: bool = False

    @property
    def refused(self) -> bool:
        return any(problem.weight is Weight.REFUSE for problem in self.problems)

    def sentences(self) -> list[str]:
        return [text_of(as_problem(self.name, problem)) for problem in self.problems]

    @override
    def __str__(self) -> str:
        counts = gettext(
            "新增%(added)s题，未变%(unchanged)s题，修订%(revised)s题，待修%(repaired)s行。"
        ) % {
            "added": self.added,
            "unchanged": self.unchanged,
            "revised": self.revised,
            "repaired": self.repaired,
        }
        return "\n".join([*self.sentences(), counts])


def import_items(
    *,
    actor: Actor,
    bank_code: str,
    title: str,
    source: Path | BinaryIO,
    name: str,
    at: datetime,
    dry_run: bool = False,
    live: bool | None = None,
) -> ImportReport:
    """Take the questions of a table into a bank, which is made when it is new.

    `name` is the file's name: it tells its kind, and a row of the repair list by file and row.
    `live` says of which kind the bank is; without it a bank stays what it is, and a new one is
    live. Raises bank_kind for a bank of the other kind.
    Raises Problems with every row that refuses the file; a dry run raises nothing and writes
    nothing, and reports them instead.
    """
    if not rules.can_import_items(actor):
        raise DomainError("forbidden")
    if not BANK_CODE.fullmatch(bank_code):
        raise DomainError("bank_code_form", code=bank_code)
    reading = read_items(_read(source), name)
    if dry_run:
        found = Bank.objects.filter(code=bank_code).first()
        _demand_kind(found, live)
        return _Plan(found, reading).report(name, dry_run=True)
    with transaction.atomic():
        new = {"title": title[:120], "live": live is not False}
        Bank.objects.get_or_create(code=bank_code, defaults=new)
        bank = Bank.objects.select_for_update().get(code=bank_code)  # one import at a time
        _demand_kind(bank, live)
        plan = _Plan(bank, reading)
        report = plan.report(name)
        if report.refused:
            raise Problems(as_problem(name, problem) for problem in plan.refusals)
        plan.carry_out(bank, name)
        if report.added or report.revised:
            _record(actor, bank, report, at)
    return report


def _demand_kind(bank: Bank | None, live: bool | None) -> None:
    """A bank is of one kind: sealed texts do not slip into a plain bank, nor the other way."""
    if bank is not None and live is not None and bank.live != live:
        raise DomainError("bank_kind", code=bank.code, kind=kind_of(live=bank.live))


def kind_of(*, live: bool) -> str:
    return gettext("竞赛题库") if live else gettext("练习题库")


def _read(source: Path | BinaryIO) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one more than allowed: enough to be refused
    return source.read(MAX_BYTES + 1)


class _Plan:
    """What becomes of each draft beside what the bank already holds."""

    def __init__(self, bank: Bank | None, reading: Reading) -> None:
        digests = [draft.digest for draft in reading.drafts]
        digests += [repair.digest for repair in reading.repairs]
        held = _latest(bank, digests) if bank else {}  # by the plain digest, of either kind
        self.added: list[ItemDraft] = []
        self.revised: list[tuple[ItemVersion, ItemDraft]] = []
        self.repairs = tuple(it for it in reading.repairs if it.digest not in held)
        self.unchanged = 0
        problems = list(reading.problems)
        for draft in reading.drafts:
            version = held.get(draft.digest)
            if version is None:
                self.added.append(draft)
            elif differs := _differing(version, draft):
                problems.append(_duplicate(version, draft, differs))
            elif _is_revised(version, draft):
                self.revised.append((version, draft))
            else:
                self.unchanged += 1
        self.problems = tuple(sorted(problems, key=lambda it: it.row))
        self.refusals = tuple(it for it in self.problems if it.weight is Weight.REFUSE)

    def report(self, name: str, *, dry_run: bool = False) -> ImportReport:
        found = ImportReport(name, problems=self.problems, dry_run=dry_run)
        if found.refused:
            return found
        return replace(
            found,
            added=len(self.added),
            unchanged=self.unchanged,
            revised=len(self.revised),
            repaired=len(self.repairs),
        )

    def carry_out(self, bank: Bank, name: str) -> None:
        _add(bank, self.added)
        ItemVersion.objects.bulk_create(
            (_version(bank, old.item_id, old.version + 1, draft) for old, draft in self.revised),
            batch_size=BATCH,
        )
        mended = [sealed.mark(draft.digest, live=bank.live) for draft in self.added]
        _list_repairs(bank, name, self.repairs, mended)


def _latest(bank: Bank, digests: Sequence[bytes]) -> dict[bytes, ItemVersion]:
    """The newest version of each question by its plain digest, opened."""
    found: dict[bytes, ItemVersion] = {}
    marks = {sealed.mark(digest, live=bank.live): digest for digest in digests}
    wanted = list(marks)
    for at in range(0, len(wanted), BATCH):
        versions = ItemVersion.objects.filter(
            item__bank=bank, digest__in=wanted[at : at + BATCH]
        ).select_related("item")
        for version in sealed.opened(versions.order_by("version")):
            found[marks[bytes(version.digest)]] = version
    return found


def _fields(draft: ItemDraft) -> _Row:
    """A version's content, as the database gives it back; the digest is the plain one."""
    key: Any = draft.key if isinstance(draft.key, str) else [list(blank) for blank in draft.key]
    basis = draft.basis
    return {
        "type": draft.type,
        "module": draft.module,
        "topic": draft.topic,
        "stem": draft.stem,
        "options": [list(option) for option in draft.options],
        "key": key,
        "explanation": draft.explanation,
        "source": draft.source,
        "basis": None
        if basis is None
        else {
            "law": basis.law,
            "version": basis.version,
            "article": basis.article,
            "quote": basis.quote,
        },
        "digest": draft.digest,
    }


def _differing(version: ItemVersion, draft: ItemDraft) -> list[str]:
    """What differs of that which decides marks: such a row is no repetition but a question."""
    fields = _fields(draft)
    order = [_squeezed(options) for options in (version.options, fields["options"])]
    names = {
        gettext("题型"): version.type != fields["type"],
        gettext("答案"): version.key != fields["key"],
        gettext("选项顺序"): order[0] != order[1],
    }
    return [name for name, differs in names.items() if differs]


def _is_revised(version: ItemVersion, draft: ItemDraft) -> bool:
    fields = _fields(draft)
    fields.pop("digest")  # how it was found
    return any(getattr(version, name) != value for name, value in fields.items())


def _squeezed(options: Iterable[Sequence[str]]) -> list[str]:
    return [squeeze(text) for _, text in options]


def _duplicate(version: ItemVersion, draft: ItemDraft, differs: list[str]) -> RowProblem:
    data = {"number": version.item.number, "differs": tuple(differs)}
    return RowProblem(draft.row, "", "duplicate_in_bank", data)


def _add(bank: Bank, drafts: Sequence[ItemDraft]) -> None:
    last = Item.objects.filter(bank=bank).aggregate(last=Max("number"))["last"] or 0
    items = Item.objects.bulk_create(
        (Item(bank=bank, number=last + at) for at in range(1, len(drafts) + 1)), batch_size=BATCH
    )
    ItemVersion.objects.bulk_create(
        (_version(bank, item.pk, 1, draft) for item, draft in zip(items, drafts, strict=True)),
        batch_size=BATCH,
    )


def _version(bank: Bank, item_id: int, version: int, draft: ItemDraft) -> ItemVersion:
    kept = sealed.columns_of(_fields(draft), live=bank.live, item_id=item_id, version=version)
    return ItemVersion(item_id=item_id, version=version, **kept)


def _list_repairs(
    bank: Bank, name: str, repairs: Sequence[Repair], mended: Sequence[bytes]
) -> None:
    """The list holds what this file still lacks; a row mended here or by another file leaves it."""
    source = name[-200:]
    RepairRow.objects.filter(Q(bank=bank) & (Q(source=source) | Q(digest__in=mended))).delete()
    RepairRow.objects.bulk_create(
        (
            RepairRow(
                bank=bank,
                data={"problems": [list(code) for code in repair.codes]},
                **sealed.repair_columns(
                    bank,
                    source=source,
                    row=repair.row,
                    code=repair.codes[0][0],
                    raw=dict(repair.raw),
                    digest=repair.digest,
                ),
            )
            for repair in repairs
        ),
        batch_size=BATCH,
    )


def _record(actor: Actor, bank: Bank, report: ImportReport, at: datetime) -> None:
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="items.imported",
        subject=f"bank:{bank.code}",
        data={
            "file": report.name,
            "added": report.added,
            "revised": report.revised,
            "repaired": report.repaired,
        },
        at=at,
    )


def data_path(name: str) -> Path:
    """A question table that the package ships: "bank-rsfw.csv"."""
    return Path(__file__).resolve().parents[1] / "data" / name
