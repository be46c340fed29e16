"""Which remedies are open to whom: from the rulebook's `appeals` to windows with dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.notices import lists, terms
from leitai.notices.enums import NoticeKind, NoticeState
from leitai.notices.models import Notice
from leitai.notices.periods import Clock, clock_of
from leitai.people.enums import Role
from leitai.rulebook.model import Appeal, Level, Rulebook, Term
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Words
from leitai.rulebook.procedure import moments, show_term
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

_WHO = {
    "contestant": gettext_lazy("参赛选手"),
    "leader": gettext_lazy("领队"),
    "coach": gettext_lazy("教练（指导教师）"),
    "unit": gettext_lazy("所在单位"),
    "delegation": gettext_lazy("代表队"),
    "anyone": gettext_lazy("任何单位和个人"),
}
UNIT_ROLES = (Role.UNIT_MANAGER, Role.LOCAL_OFFICE)  # who speaks for a unit
_BY_NOTICE = ("publication", "publicity-end")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that a remedy may be used about, and its window. `closes_at` None: no limit."""

    key: str  # "notice:3", "stage:heat" or "season"
    label: str
    notice: Notice | None
    stage: str
    opens_at: datetime | None
    closes_at: datetime | None
    words: str
    caveats: tuple[str, ...] = ()

    def phase(self, at: datetime) -> str:
        if self.opens_at is not None and at < self.opens_at:
            return "early"
        return "late" if self.closes_at is not None and at >= self.closes_at else "open"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to object: the rule, who may use it in words, and on which occasions."""

    code: str
    appeal: Appeal
    who: str
    occasions: tuple[Occasion, ...]

    @property
    def house(self) -> bool:
        """Whether the rulebook is silent and the house's own rule serves."""
        return self.code.startswith(terms.HOUSE)


def get_appeal(law: Rulebook, code: str) -> Appeal:
    """The rule of that code; raises DomainError("objection_remedy_unknown")."""
    found = terms.remedies_of(law).get(code)
    if found is None:
        raise DomainError("objection_remedy_unknown")
    return found


def list_remedies(season: Season) -> list[Remedy]:
    """Every way to object in this season, with the occasions that there are by now."""
    law = seasons.rulebook_of(season)
    notices = list(
        season.notices.filter(kind=NoticeKind.PERIOD, state=NoticeState.OPEN).order_by("-number")
    )
    return [
        Remedy(code, appeal, who_may(appeal), tuple(_occasions(season, law, appeal, notices)))
        for code, appeal in terms.remedies_of(law).items()
    ]


def find_occasion(season: Season, code: str, key: str) -> Occasion:
    """Raises DomainError("objection_remedy_unknown") or ("objection_occasion_unknown")."""
    for remedy in list_remedies(season):
        if remedy.code == code:
            for occasion in remedy.occasions:
                if occasion.key == key:
                    return occasion
            raise DomainError("objection_occasion_unknown")
    raise DomainError("objection_remedy_unknown")


def who_may(appeal: Appeal) -> str:
    return listed(_WHO[one] for one in appeal.by)


def may_use(actor: Actor, season: Season, appeal: Appeal) -> bool:
    """Whether somebody is one of those whom the rule names."""
    if "anyone" in appeal.by:
        return True
    leads = actor.has(Role.TEAM_LEADER, season=season.code)
    keeps = actor.has(*UNIT_ROLES, season=season.code)
    held = {"leader": leads, "unit": keeps, "delegation": leads or keeps}
    if any(held.get(one, False) for one in appeal.by):
        return True
    return "contestant" in appeal.by and _competes(actor, season)


def level_of(appeal: Appeal, index: int) -> Level | None:
    return appeal.levels[index] if index < len(appeal.levels) else None


def body_of(law: Rulebook, appeal: Appeal, index: int) -> str:
    """Who decides on a level, as the rulebook calls it; "" where it names nobody."""
    here = level_of(appeal, index)
    return body_title(Words(law), here.body) if here else ""


def bodies_of(season: Season, appeal: Appeal) -> tuple[str, ...]:
    """Who decides, level by level."""
    law = seasons.rulebook_of(season)
    return tuple(body_of(law, appeal, index) for index in range(len(appeal.levels)))


def has_next(appeal: Appeal, index: int) -> bool:
    """Whether one may turn to a further level after this one."""
    here = level_of(appeal, index)
    return index + 1 < len(appeal.levels) and not (here and here.last)


def accept_clock(law: Rulebook, filed_at: datetime) -> Clock:
    return clock_of(law, terms.current().accept, filed_at)


def answer_clock(
    season: Season, law: Rulebook, appeal: Appeal, level: int, filed_at: datetime
) -> Clock:
    """By the rulebook's level or remedy, else by the house's rule; it runs from the filing."""
    here = level_of(appeal, level)
    term = (here.answer if here else None) or (appeal.answer if level == 0 else None)
    if term is None:
        return clock_of(law, terms.current().answer, filed_at)
    start = _start(season, law, term, filed_at=filed_at, stage=appeal.stage or "")
    return clock_of(law, term, start or filed_at)


def before_words(law: Rulebook, appeal: Appeal) -> str:
    """The moment before which the answer must be there, in words; "" where none is set."""
    if not appeal.answer_before:
        return ""
    return _("须在%(moment)s前答复。") % {"moment": moments.say(law, appeal.answer_before)}


def next_clock(law: Rulebook, appeal: Appeal, level: int, decided_at: datetime) -> Clock | None:
    """Until when one may turn to `level` after a ruling of the one before; None: no term is set."""
    here = level_of(appeal, level)
    return clock_of(law, here.term, decided_at) if here and here.term else None


def _competes(actor: Actor, season: Season) -> bool:
    """Every member of a team is a contestant, not only who stands for it in the list."""
    return seasons.entries_with(actor.person).filter(stage__season=season).exists()


def _occasions(
    season: Season, law: Rulebook, appeal: Appeal, notices: list[Notice]
) -> Iterator[Occasion]:
    about = [one for one in notices if lists.concerns(one, appeal.stage)]
    term = _first_term(appeal)
    if appeal.during or (appeal.kind == "objection" and term is None):
        for notice in about:
            if appeal.during in (None, notice.basis):
                yield _of_notice(law, notice, None)
        return
    if term is not None and _rests_on_notice(term):
        for notice in about:
            if term.from_ in (*_BY_NOTICE, f"publicity.{notice.basis}"):
                yield _of_notice(law, notice, term)
        return
    for result in lists.stages_shown(season):
        if appeal.stage in (None, result.stage.code):
            yield _of_stage(season, law, appeal, result.stage.code, result.published_at)


def _first_term(appeal: Appeal) -> Term | None:
    """How soon one must object: the remedy's own term, or that of its first level."""
    here = level_of(appeal, 0)
    return appeal.term or (here.term if here else None)


def _rests_on_notice(term: Term) -> bool:
    return term.from_ in _BY_NOTICE or term.from_.startswith("publicity.")


def _of_notice(law: Rulebook, notice: Notice, term: Term | None) -> Occasion:
    caveats: tuple[str, ...] = ()
    if term is None:
        opens, closes, words = notice.opens_at, notice.closes_at, notice.reckoning
    else:
        published = term.from_ == "publication"
        opens = notice.opens_at if published else notice.closes_at
        found = clock_of(law, term, opens) if opens else None
        closes = found.until if found else None
        words, caveats = (found.words, found.caveats) if found else ("", ())
    return Occasion(
        key=f"notice:{notice.number}",
        label=notice.title,
        notice=notice,
        stage=lists.stage_of(notice.subject),
        opens_at=opens,
        closes_at=closes,
        words=words,
        caveats=caveats,
    )


def _of_stage(
    season: Season, law: Rulebook, appeal: Appeal, stage: str, published: datetime | None
) -> Occasion:
    title = _("%(stage)s成绩") % {"stage": law.stages[stage].title}
    term = _first_term(appeal)
    if term is None:
        words = _("须当场提出。") if appeal.at_once else _("竞赛规则没有规定期限。")
        return Occasion(f"stage:{stage}", title, None, stage, None, None, words)
    if term.from_ == "result":
        start = published
    else:
        start = _start(season, law, term, filed_at=None, stage=stage)
    if start is None:
        words = show_term(law, term)
        return Occasion(f"stage:{stage}", title, None, stage, None, None, words)
    found = clock_of(law, term, start)
    return Occasion(
        key=f"stage:{stage}",
        label=title,
        notice=None,
        stage=stage,
        opens_at=start,
        closes_at=found.until,
        words=found.words,
        caveats=found.caveats,
    )


def _start(
    season: Season,
    law: Rulebook,
    term: Term,
    *,
    filed_at: datetime | None,
    stage: str,
) -> datetime | None:
    """The instant that a term runs from; None where it has not come, or nothing records it."""
    part, _dot, name = term.from_.partition(".")
    if term.from_ in ("filing", "registration", "decision"):
        return filed_at
    if term.from_ in ("event-end", "stage-end", "start"):
        part, name = "stages", stage
    windows = seasons.current_windows(season)
    if part == "stages":
        held = law.stages.get(name)
        window = windows.get(held.window) if held and held.window else None
    else:
        window = windows.get(name) if part == "calendar" else None
    if window is None:
        return None
    return window.opens_at if term.from_ == "start" else window.closes_at
