"""The language of rules as a tree of frozen values: one class per mapping of the YAML text.

The classes are the schema: ``schema.read`` builds them from their annotations, so a new key of the
language is a new field here. A trailing underscore stands where a key is a Python word (``as_``).
Everything with a default may be left out of the text. ``source`` quotes the sentence of the notice
behind a rule; ``assumption`` names the open question that a rule answers.
"""

from leitai.rulebook.model.awards import Award, Honour
from leitai.rulebook.model.base import (
    LANGUAGE_VERSION,
    Better,
    Count,
    Decimals,
    Guests,
    Number,
    Portion,
    Round,
    Share,
    Unbroken,
    Year,
)
from leitai.rulebook.model.conditions import (
    AmountTest,
    Bar,
    Condition,
    FactKind,
    FactTest,
    ValueTest,
)
from leitai.rulebook.model.events import Breach, Event, PaperPart, Sitting, TieKey, Tries
from leitai.rulebook.model.forms import Asked, Form, FormField
from leitai.rulebook.model.judging import Ballot, Judging
from leitai.rulebook.model.live import Live
from leitai.rulebook.model.places import (
    Also,
    Beyond,
    Body,
    Cover,
    Delegations,
    Host,
    Quota,
    Roster,
    Slot,
    Track,
    Under,
)
from leitai.rulebook.model.practice import Practice
from leitai.rulebook.model.procedure import (
    Appeal,
    Break,
    Draw,
    Holidays,
    Layer,
    Level,
    Objection,
    Publicity,
    Term,
    Window,
)
from leitai.rulebook.model.rulebook import Assumption, Rulebook, Visibility
from leitai.rulebook.model.stages import (
    Advance,
    Board,
    Carry,
    Distinct,
    Figure,
    Held,
    Qualify,
    Ranking,
    Stage,
    Team,
    Total,
)

__all__ = [
    "LANGUAGE_VERSION",
    "Advance",
    "Also",
    "AmountTest",
    "Appeal",
    "Asked",
    "Assumption",
    "Award",
    "Ballot",
    "Bar",
    "Better",
    "Beyond",
    "Board",
    "Body",
    "Breach",
    "Break",
    "Carry",
    "Condition",
    "Count",
    "Cover",
    "Decimals",
    "Delegations",
    "Distinct",
    "Draw",
    "Event",
    "FactKind",
    "FactTest",
    "Figure",
    "Form",
    "FormField",
    "Guests",
    "Held",
    "Holidays",
    "Honour",
    "Host",
    "Judging",
    "Layer",
    "Level",
    "Live",
    "Number",
    "Objection",
    "PaperPart",
    "Portion",
    "Practice",
    "Publicity",
    "Qualify",
    "Quota",
    "Ranking",
    "Roster",
    "Round",
    "Rulebook",
    "Share",
    "Sitting",
    "Slot",
    "Stage",
    "Team",
    "Term",
    "TieKey",
    "Total",
    "Track",
    "Tries",
    "Unbroken",
    "Under",
    "ValueTest",
    "Visibility",
    "Window",
    "Year",
]
