"""An import's report as the preview shows it: the rows, the worst first, in the reader's words."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitai.bank.errors import sentence_of
from leitai.bank.services import ImportReport
from leitai.interchange import Weight

SHOWN: Final = 200
_WORDS: Final[dict[Weight, tuple[str, str, Promise]]] = {
    Weight.REFUSE: ("late", "bad", _("须更正")),
    Weight.REPAIR: ("half", "warn", _("待修")),
    Weight.NOTICE: ("warn", "warn", _("请核对")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`row` is 0 where the file as a whole is meant; shape and tone are the design's."""

    row: int
    column: str
    shape: str
    tone: str
    word: Promise
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    report: ImportReport
    lines: tuple[Line, ...]
    unshown: int

    @property
    def refusals(self) -> int:
        return sum(problem.weight is Weight.REFUSE for problem in self.report.problems)

    @property
    def nothing_new(self) -> bool:
        report = self.report
        return not (report.added or report.revised or report.repaired)


def preview_of(report: ImportReport) -> Preview:
    order = list(Weight)
    problems = sorted(report.problems, key=lambda it: (order.index(it.weight), it.row))
    lines = tuple(
        Line(it.row, it.column, *_WORDS[it.weight], sentence_of(it)) for it in problems[:SHOWN]
    )
    return Preview(report, lines, len(problems) - len(lines))
