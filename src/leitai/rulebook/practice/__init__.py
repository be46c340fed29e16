"""Practice: acts are credited into ledgers under caps, and titles and boards follow.

``fold_acts`` gives ledger lines, titles and facts; ``rank_boards`` the lists of persons and units;
``check_act`` says what is wrong with one act.
"""

from leitai.rulebook.data import BoardRow
from leitai.rulebook.practice.fold import AS_OF, check_act, fold_acts, rank_boards
from leitai.rulebook.practice.following import Follower, HeldTitle
from leitai.rulebook.practice.periods import CLOSES, Stretch, stretch, zone
from leitai.rulebook.practice.progress import Missing, Progress, in_words
from leitai.rulebook.practice.reasons import SENTENCES_EN, SENTENCES_ZH
from leitai.rulebook.practice.rooms import Room, Tries

__all__ = [
    "AS_OF",
    "CLOSES",
    "SENTENCES_EN",
    "SENTENCES_ZH",
    "BoardRow",
    "Follower",
    "HeldTitle",
    "Missing",
    "Progress",
    "Room",
    "Stretch",
    "Tries",
    "check_act",
    "fold_acts",
    "in_words",
    "rank_boards",
    "stretch",
    "zone",
]
