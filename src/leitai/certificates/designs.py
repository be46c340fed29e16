"""An award's design: which template, which texts. What the office may set, and what is packaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.certificates import wording
from leitai.certificates.enums import DayWords, Template
from leitai.certificates.wording import Words
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook

TITLE = "title."
LIMITS: Mapping[str, int] = {
    "heading": 20,
    "holder": 40,
    "salutation": 10,
    "body": 400,
    "award_line": 60,
    "closing": 200,
    "signers": 200,
    "day": 30,
}
GRADE: Final = "等奖"  # how the title of a prize of a grade ends


@dataclass(frozen=True, slots=True)
class Values:
    """What the office sets. `day` says another date than that of the issue, as it shall stand.

    `holder` is how a team or organisation is called; a person is called by the name.
    """

    template: str = Template.CLASSIC
    heading: str = wording.HEADING
    holder: str = "{name}"
    salutation: str = ""
    body: str = ""
    award_line: str = ""
    closing: str = wording.CLOSING
    signers: str = ""
    day_words: str = DayWords.ARABIC
    day: str = ""

    def plain(self) -> dict[str, str]:
        return asdict(self)

    def shown(self) -> dict[str, str]:
        """As the office writes them: fields by their Chinese names."""
        return {name: wording.outward(value) for name, value in self.plain().items()}


def packaged(rulebook: Rulebook, *, team: bool, award: str = "") -> Values:
    """The texts that an award has until the office sets its own.

    A person's prize of a grade says the place by itself, and nobody is called one.
    """
    grade = award.endswith(GRADE) and not team
    body = "在{stage}中，{place}，荣获" if team else "在{stage}中，{place}，被评为"
    return Values(
        salutation="" if team else "同志",
        body="在{stage}中，获得" if grade else body,
        award_line="{award}" if team or grade else "“{award}”",
        signers=rulebook.host.name if rulebook.host else "",
    )


def title_code(name: str) -> str:
    """Under which a title's design is kept, beside those of awards."""
    return f"{TITLE}{name}"


def packaged_title(rulebook: Rulebook) -> Values:
    """The same of a title of practice."""
    return Values(
        salutation="同志",
        body="在{period}{stage}中成绩突出，达到授予条件，被评为",
        award_line="“{award}”",
        signers=rulebook.host.name if rulebook.host else "",
    )


def read(given: Mapping[str, object], base: Values) -> Values:
    """From plain data, what is missing taken from `base`; raises DomainError for what cannot be."""
    known = {field.name for field in fields(Values)}
    taken = {
        name: wording.inward(str(value).strip()) for name, value in given.items() if name in known
    }
    values = Values(**{**base.plain(), **taken})
    if values.template not in Template.values or values.day_words not in DayWords.values:
        raise DomainError("certificate_design_unknown")
    for name, limit in LIMITS.items():
        if len(getattr(values, name)) > limit:
            raise DomainError("certificate_text_long", part=part_name(name), limit=limit)
    for name in ("heading", "holder", "salutation", "body", "award_line", "closing"):
        wording.demand_fields(getattr(values, name))
    if not any(f"{{{field}}}" in values.holder for field in ("name", "delegation")):
        raise DomainError("certificate_holder_alike")
    return values


def compose(values: Values, words: Words, rulebook: Rulebook, *, at: datetime) -> dict[str, object]:
    """The texts of one sheet, as the template names them. Serial and code come at issue."""
    return {
        "season": rulebook.title,
        "heading": words.fill(values.heading),
        "holder": holder_of(values, words),
        "salutation": words.fill(values.salutation),
        "body": wording.lines_of(words.fill(values.body)),
        "award": words.fill(values.award_line),
        "closing": wording.lines_of(words.fill(values.closing)),
        "signers": wording.lines_of(values.signers),
        "date": values.day or wording.day_of(at, values.day_words),
    }


def holder_of(values: Values, words: Words) -> str:
    return words.fill(values.holder) if words.team else words.name


def part_name(part: str) -> str:
    """How a part of a sheet is called where it has no room or no glyph: `signers0` is a line."""
    return str(_PARTS.get(part.rstrip("0123456789"), part))


_PARTS = {
    "season": _("赛季名称"),
    "heading": _("标题"),
    "holder": _("获奖者姓名"),
    "salutation": _("称谓"),
    "body": _("正文"),
    "award": pgettext_lazy("one", "奖项"),
    "award_line": pgettext_lazy("one", "奖项"),
    "closing": _("结语"),
    "facts": _("编号与所属"),
    "signers": _("落款单位"),
    "date": _("落款日期"),
    "day": _("落款日期"),
}
