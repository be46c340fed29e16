"""The list of a public notice: names, units, ranks as far as the stage's visibility goes.

Never an ID number or a telephone: only what is named here is read at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from leitai.kernel.errors import DomainError
from leitai.notices.models import Notice
from leitai.results.models import StageResult
from leitai.results.selectors import published_stages, standing_result
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

RESULT, ENTRIES, ADVANCED, AWARDS = "stage-result", "entries", "advancement", "awards"
KINDS = (RESULT, ENTRIES, ADVANCED, AWARDS)
_FROM_RESULTS = (RESULT, ADVANCED, AWARDS)
_SHOWN = ("list", "all")
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Listing:
    columns: list[str]
    rows: Rows


def stage_of(subject: str) -> str:
    """The stage that a subject is about; "" for a notice without a list, or with another's."""
    return subject.partition(":")[2] if knows(subject) else ""


def choices(season: Season) -> list[tuple[str, str]]:
    """Every list that can be published now: what is confirmed, and who stands in a stage."""
    law = seasons.rulebook_of(season)
    found = []
    for stage in season.stages.order_by("position"):
        named = {"stage": stage.title}
        result = standing_result(season.code, stage.code)
        if result is not None:
            if _visible(law, stage.code):
                found.append((f"{RESULT}:{stage.code}", _("%(stage)s成绩名次") % named))
            if law.stages[stage.code].advance:
                found.append((f"{ADVANCED}:{stage.code}", _("%(stage)s晋级名单") % named))
            if result.awards.exists():
                found.append((f"{AWARDS}:{stage.code}", _("%(stage)s拟获奖名单") % named))
        found.append((f"{ENTRIES}:{stage.code}", _("%(stage)s参赛名单") % named))
    return found


def list_of(season: Season, subject: str, *, within: str = "") -> Listing:
    """The list as it stands; `within` is the path of a city that publishes its own part.

    Raises DomainError("notice_subject_unknown"), ("notice_not_published"), ("notice_list_hidden").
    """
    kind, _colon, stage = subject.partition(":")
    law = seasons.rulebook_of(season)
    if kind not in KINDS or stage not in law.stages:
        raise DomainError("notice_subject_unknown", subject=subject)
    if kind == ENTRIES:
        return _entries(season, law, stage, within)
    result = standing_result(season.code, stage)
    if result is None:
        raise DomainError("notice_not_published", stage=law.stages[stage].title)
    if kind == RESULT:
        return _standings(law, result, within)
    return _advanced(law, result, within) if kind == ADVANCED else _awards(result, within)


def knows(subject: str) -> bool:
    """Whether the list of a subject is worked out here, and not the caller's own."""
    return subject.partition(":")[0] in KINDS


def version_of(season: Season, subject: str) -> int | None:
    """The version of the result that a list is taken from now; None for a list of entries."""
    kind, _colon, stage = subject.partition(":")
    result = standing_result(season.code, stage) if kind in _FROM_RESULTS else None
    return result.version if result else None


def _visible(law: Rulebook, stage: str) -> bool:
    shown = law.visibility.get(stage)
    return shown is not None and shown.public in _SHOWN


def _entries(season: Season, law: Rulebook, stage: str, within: str) -> Listing:
    rows = seasons.list_entries(seasons.get_stage(season, stage)).select_related(
        "person__unit", "delegation__unit"
    )
    listed = [
        [
            str(number),
            row.person.name,
            row.person.unit.name,
            row.delegation.name,
            law.tracks[row.track].title,
        ]
        for number, row in enumerate(
            (row for row in rows if row.delegation.unit.path.startswith(within)), start=1
        )
    ]
    return Listing([_("序号"), _("姓名"), _("单位"), _("代表队"), _("赛项")], listed)


def _standings(law: Rulebook, result: StageResult, within: str) -> Listing:
    if not _visible(law, result.stage.code):
        raise DomainError("notice_list_hidden", stage=result.stage.title)
    events = [law.events[code].decimals for code in law.stages[result.stage.code].events]
    places = max(events, default=0)
    rows = (
        result.standings.filter(board=MAIN)
        .select_related("entry__person__unit", "entry__delegation__unit")
        .order_by("track", "position")
    )
    listed = [
        [
            str(row.rank),
            row.entry.name,
            row.entry.person.unit.name,
            row.entry.delegation.name,
            law.tracks[row.track].title,
            numbers.show(Fraction(row.total), places),
        ]
        for row in rows
        if row.entry.delegation.unit.path.startswith(within)
    ]
    return Listing([_("名次"), _("姓名"), _("单位"), _("代表队"), _("赛项"), _("成绩")], listed)


def _advanced(law: Rulebook, result: StageResult, within: str) -> Listing:
    rows = result.advancements.select_related(
        "entry__person__unit", "entry__delegation__unit"
    ).order_by("track", "entry__delegation__position", "pk")
    listed = [
        [
            row.entry.name,
            row.entry.person.unit.name,
            row.entry.delegation.name,
            law.tracks[row.track].title,
            law.stages[row.to_stage].title if row.to_stage in law.stages else row.to_stage,
        ]
        for row in rows
        if row.entry.delegation.unit.path.startswith(within)
    ]
    return Listing([_("姓名"), _("单位"), _("代表队"), _("赛项"), _("晋级")], listed)


def _awards(result: StageResult, within: str) -> Listing:
    listed = list(_holders(result, within))
    return Listing([_("奖项"), _("获奖者"), _("单位"), _("代表队")], listed)


def _holders(result: StageResult, within: str) -> Iterator[list[str]]:
    rows = result.awards.select_related("entry__person__unit", "delegation__unit")
    for row in rows.order_by("position"):
        if not row.delegation.unit.path.startswith(within):
            continue
        if row.entry is None:
            yield [row.title, row.delegation.name, "", row.delegation.name]
        else:
            person = row.entry.person
            yield [row.title, person.name, person.unit.name, row.delegation.name]


def stages_shown(season: Season) -> list[StageResult]:
    return published_stages(season.code)


def concerns(notice: Notice, stage: str | None) -> bool:
    """Whether a notice is about this stage; a rule that names none is about every stage."""
    return stage is None or stage_of(notice.subject) == stage
