"""Reads of this room: ended journals for marking, the officer's console, what is mine to sit."""

from leitai.sittings.selectors.arranging import (
    PaperRow,
    Seating,
    Slot,
    TeamSeats,
    get_slot,
    papers_of,
    seating_of,
    seats_of,
    slots_of,
)
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
    "PaperRow",
    "Past",
    "Seat",
    "Seating",
    "SiteRow",
    "Slot",
    "TeamSeats",
    "Ticket",
    "agenda_of",
    "console_of",
    "count_live",
    "ended_sittings",
    "get_exam",
    "get_live_sitting",
    "get_slot",
    "list_exams",
    "list_sites",
    "papers_of",
    "seating_of",
    "seats_of",
    "sittings_of",
    "slots_of",
    "tickets_of",
]
