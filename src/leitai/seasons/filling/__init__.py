"""Forms of the rulebook on the web: boxes to fill in, answers read back, sentences, rows to read.

Answers are plain data that JSON can hold: a text; a list of texts for several choices, persons,
days and months; `{"file": id, "name": …, "size": …}` for a photo or file, a list of them for files;
a list of mappings for a table. They hold personal numbers: who stores them seals them whole; `rows`
masks the numbers unless it is told not to.
"""

from leitai.seasons.filling.boxes import Box, Cell, fields
from leitai.seasons.filling.checking import problems
from leitai.seasons.filling.photos import cropped
from leitai.seasons.filling.reading import Answers, read
from leitai.seasons.filling.showing import PERSONAL, Line, lines, rows
from leitai.seasons.filling.taking import register, take_files

__all__ = [
    "PERSONAL",
    "Answers",
    "Box",
    "Cell",
    "Line",
    "cropped",
    "fields",
    "lines",
    "problems",
    "read",
    "register",
    "rows",
    "take_files",
]
