"""The language of rules and its engine: a notice's rules as data, and what follows from them.

Pure: the same inputs in any order give the same outcome, and every outcome carries its reason.
"""

from leitai.rulebook.eligibility import refusals
from leitai.rulebook.engine import decide
from leitai.rulebook.explaining import explain
from leitai.rulebook.loading import from_canonical, load, packaged
from leitai.rulebook.model import Rulebook

__all__ = ["Rulebook", "decide", "explain", "from_canonical", "load", "packaged", "refusals"]
