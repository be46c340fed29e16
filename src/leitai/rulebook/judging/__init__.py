"""Judged events and ballots: the marks of judges, and votes, folded into scores.

``fold_marks`` and ``fold_ballots`` give ``Folded``; ``work_out`` shows how a score comes about;
``line_keys`` gives the tie keys that follow from a rubric or a ballot.
"""

from leitai.rulebook.judging.folding import Worked, again_line, fold_marks, work_out
from leitai.rulebook.judging.keys import endless_lines, line_keys
from leitai.rulebook.judging.papers import place_of_ballot
from leitai.rulebook.judging.sheets import place_of
from leitai.rulebook.judging.voting import ballot_line, fold_ballots, without_votes

__all__ = [
    "Worked",
    "again_line",
    "ballot_line",
    "endless_lines",
    "fold_ballots",
    "fold_marks",
    "line_keys",
    "place_of",
    "place_of_ballot",
    "without_votes",
    "work_out",
]
