"""A season's data as CSV tables: text in, text out, for people without a database.

``read`` turns tables into the engine's inputs and names every bad row; ``decide`` runs the folds
and the engine over them; ``write`` makes the tables of an outcome.
"""

from leitai.rulebook.tables.columns import IN
from leitai.rulebook.tables.data import Data
from leitai.rulebook.tables.deciding import Result, decide
from leitai.rulebook.tables.reading import read
from leitai.rulebook.tables.writing import OUT, write

__all__ = ["IN", "OUT", "Data", "Result", "decide", "read", "write"]
