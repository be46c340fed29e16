"""What the schema cannot see: names that lead nowhere, numbers that do not add up, holes.

Every check reports through ``Lint.report``, which stays silent about a part of the text in which
something is wrong already; a later check leaves alone what an earlier one found.
"""

from collections.abc import Callable
from typing import Final

from leitai.rulebook.lints.judging import check_judging
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.lints.live import check_live
from leitai.rulebook.lints.names import check_events, check_names
from leitai.rulebook.lints.practice import check_practice
from leitai.rulebook.lints.procedure import check_procedure
from leitai.rulebook.lints.rubric import check_rubrics
from leitai.rulebook.lints.stages import check_stages
from leitai.rulebook.lints.sums import check_sums

CHECKS: Final[tuple[Callable[[Lint], None], ...]] = (
    check_events,
    check_judging,
    check_live,
    check_practice,
    check_procedure,
    check_names,
    check_rubrics,
    check_stages,
    check_sums,
)

__all__ = ["CHECKS", "Lint"]
