"""Points of a rubric that an officer gives by hand, each time with a reason, on record."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from leitai.base.actor import Actor
from leitai.insight import rules
from leitai.insight.models import HandPoints
from leitai.insight.selectors.rubrics import delegations_of, get_rubric
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.rulebook import numbers
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

REASON = 300


@transaction.atomic
def give_points(
    *,
    actor: Actor,
    season: Season,
    award: str,
    line: str,
    unit: str,
    points: Decimal,
    reason: str,
    at: datetime,
) -> HandPoints:
    """Raises DomainError: forbidden, not_found, insight_points_range, insight_points_reason."""
    if not rules.can_write_reports(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    rule, rubric = get_rubric(season, award)
    asked = rubric.lines.get(line)
    team = next((one for one in delegations_of(season, rule) if one.unit.code == unit), None)
    if asked is None or asked.of != "hand" or team is None:
        raise DomainError("not_found")
    exact = Fraction(points)
    if not 0 <= exact <= asked.max or not numbers.fits(exact, rubric.decimals):
        most = numbers.show(asked.max)
        raise DomainError("insight_points_range", most=most, decimals=rubric.decimals)
    reason = reason.strip()[:REASON]
    if not reason:
        raise DomainError("insight_points_reason")
    given = HandPoints.objects.create(
        season=season,
        award=award,
        line=line,
        unit=team.unit,
        points=points,
        reason=reason,
        by=actor.account,
        by_name=actor.name[:120],
        at=at,
    )
    told = {
        "award": rule.title,
        "line": asked.title,
        "unit": team.name,
        "points": numbers.show(exact, rubric.decimals),
        "reason": reason,
    }
    ledger.append(
        chain=season.code,
        actor=actor,
        act="insight.points_given",
        subject=f"unit:{team.unit.code}",
        data=told,
        at=at,
    )
    return given
