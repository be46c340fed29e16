"""Drafts of a season's rules, and changes as an organiser makes them."""

from __future__ import annotations

from leitai.seasons import selectors, services
from leitai.seasons.models import RulesDraft, Season, SeasonRules
from tests.factories import seasons as make

AT, OFFICE = make.AT, make.OFFICE
SECOND = make.people.actor("office", season=make.CODE, account="88")


def begun(season: Season, **told) -> RulesDraft:
    return services.begin_draft(actor=OFFICE, season=season, at=AT, **told)


def fresh(draft: RulesDraft) -> RulesDraft:
    return selectors.get_draft(draft.season, draft.number)


def changed(draft: RulesDraft, path: str, **changes) -> RulesDraft:
    """Save some keys of the mapping at a path."""
    now = fresh(draft)
    return services.save_sheet(
        actor=OFFICE, draft=now, revision=now.revision, path=path, changes=changes, at=AT
    )


def adopted(draft: RulesDraft, reason: str = "补充通知第2号", actor=OFFICE) -> SeasonRules:
    now = fresh(draft)
    return services.adopt_draft(actor=actor, draft=now, revision=now.revision, reason=reason, at=AT)


def next_version(season: Season, path: str, **changes) -> SeasonRules:
    """Another version of the season's rules, with these keys changed."""
    draft = begun(season)
    changed(draft, path, **changes)
    return adopted(draft)
