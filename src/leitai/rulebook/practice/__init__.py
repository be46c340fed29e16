"""Practice: acts are credited into ledgers under caps, and titles and boards follow.

``fold_acts`` gives ledger lines, titles and facts; ``rank_boards`` the lists of persons and units;
``check_act`` says what is wrong with one act.
"""

from leitai.rulebook.data import BoardRow
from leitai.rulebook.practice.fold import AS_OF, check_act, fold_acts, rank_boards
from leitai.rulebook.practice.reasons import SENTENCES_EN, SENTENCES_ZH

__all__ = [
    "AS_OF",
    "SENTENCES_EN",
    "SENTENCES_ZH",
    "BoardRow",
    "check_act",
    "fold_acts",
    "rank_boards",
]
