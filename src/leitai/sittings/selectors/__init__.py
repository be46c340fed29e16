"""Reads of this room: ended journals for marking, the officer's console, what is mine to sit."""

from leitai.sittings.selectors.console import (
    Chosen,
    Console,
    Filter,
    Seat,
    SiteRow,
    console_of,
)
from leitai.sittings.selectors.looks import LOOKS, Look
from leitai.sittings.selectors.mine import Agenda, Ahead, Past, agenda_of, sittings_of
from leitai.sittings.selectors.reads import (
    EndedSitting,
    Ticket,
    count_live,
    ended_sittings,
    get_exam,
    get_live_sitting,
    list_exams,
    list_sites,
    tickets_of,
)

__all__ = [
    "LOOKS",
    "Agenda",
    "Ahead",
    "Chosen",
    "Console",
    "EndedSitting",
    "Filter",
    "Look",
    "Past",
    "Seat",
    "SiteRow",
    "Ticket",
    "agenda_of",
    "console_of",
    "count_live",
    "ended_sittings",
    "get_exam",
    "get_live_sitting",
    "list_exams",
    "list_sites",
    "sittings_of",
    "tickets_of",
]
