"""Forms repeat a person's numbers: they go when the numbers go, of seasons that are over."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from leitai.base.actor import system
from leitai.files.services import remove_files
from leitai.ledger import services as ledger
from leitai.people.events import PersonalErased
from leitai.registration.attaching import KIND, SCAN, owner_of
from leitai.registration.models import HistoryLine, HistoryList, Registration
from leitai.seasons import selectors
from leitai.seasons.events import SeasonsForgotten


def forget_forms(event: PersonalErased) -> None:
    """Answers, portraits and sealed papers; that somebody was registered, and how, stays."""
    found = Registration.objects.filter(person__in=event.people).select_related("season")
    for held in found:
        windows = selectors.current_windows(held.season).values()
        if any(window.closes_at > event.at for window in windows):
            continue
        _forget([held])


def forget_seasons(event: SeasonsForgotten) -> None:
    """Everybody's of these seasons: leaders and those who never came to be entered too."""
    for code in event.seasons:
        found = list(Registration.objects.filter(season__code=code).exclude(content=""))
        lines = HistoryLine.objects.filter(list__season__code=code).exclude(
            Q(number="") & Q(id_digest=None)
        )
        told = lines.update(number="", id_digest=None)
        HistoryList.objects.filter(season__code=code).exclude(content="").update(content="")
        if not (found or told):
            continue
        _forget(found)
        ledger.append(
            chain=code,
            actor=system("retention"),
            act="registration.forgotten",
            subject=f"season:{code}",
            data={"count": len(found), "history": told},
            at=event.at,
        )


def _forget(registrations: Iterable[Registration]) -> None:
    for held in registrations:
        for kind in (KIND, SCAN):
            remove_files(owner=owner_of(held), kind=kind)
        held.content = ""
        held.save(update_fields=["content"])
