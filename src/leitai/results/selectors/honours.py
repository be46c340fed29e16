"""Money, outside honours and other benefits that follow from a stage's result."""

from __future__ import annotations

from leitai.results.evidence import outcome_of
from leitai.results.models import StageResult
from leitai.rulebook.data import HonourRow


def honours_of(result: StageResult) -> tuple[HonourRow, ...]:
    """As they were decided with it, not as scores and rules stand now.

    Raises DomainError("result_stale") when what it was decided from is gone.
    """
    return outcome_of(result).honours
