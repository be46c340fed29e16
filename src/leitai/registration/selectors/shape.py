"""What a registration is made of: its form, its answers, what it may be at all."""

from __future__ import annotations

from datetime import datetime

from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.registration import prefilling, sealed
from leitai.registration.enums import APART, LIVE, Kind, Route
from leitai.registration.models import Registration
from leitai.rulebook.eligibility import Facts, holds
from leitai.rulebook.model import Form, Roster, Rulebook
from leitai.rulebook.model.places import Slot
from leitai.seasons import selectors
from leitai.seasons.models import Entry, Season, Stage
from leitai.units.models import Delegation


def nominations(law: Rulebook) -> list[str]:
    """The stages where names are handed in for tracks of persons, in their order."""
    return [
        code
        for code in law.stage_order
        if law.stages[code].method == "nomination" and tracks_of(law, code)
    ]


def tracks_of(law: Rulebook, stage: str) -> list[str]:
    """The stage's tracks of persons; works are handed in elsewhere."""
    names = law.stages[stage].tracks or tuple(law.tracks)
    return [name for name in names if law.tracks[name].kind == "person"]


def rosters_of(law: Rulebook, stage: str) -> list[Roster]:
    """What the notice says of a team's list: of the nomination, and of what it leads to."""
    stages = [stage, *(rule.to for rule in law.stages[stage].advance if rule.to in law.stages)]
    return [roster for name in stages if (roster := law.stages[name].roster) is not None]


def substitutes_of(law: Rulebook, stage: str) -> int:
    """How many substitutes a delegation may name in a track: by the rosters of what follows."""
    return max((roster.substitutes for roster in rosters_of(law, stage)), default=0)


def coaches_of(law: Rulebook, stage: str) -> int:
    return max((roster.coaches for roster in rosters_of(law, stage)), default=0)


def kinds_of(law: Rulebook, stage: str) -> set[str]:
    """As what somebody can be registered in a nomination."""
    kinds: set[str] = {Kind.CONTESTANT, Kind.LEADER}
    if substitutes_of(law, stage):
        kinds.add(Kind.SUBSTITUTE)
    return kinds | ({Kind.COACH} if coaches_of(law, stage) else set())


def slots_of(law: Rulebook, stage: str) -> tuple[Slot, ...]:
    """The numbered seats of a team's list, if the notice has any."""
    return next((roster.slots for roster in rosters_of(law, stage) if roster.slots), ())


def is_formless(law: Rulebook, stage: str, track: str) -> bool:
    """Whether a whole list can be handed in: nothing is asked of each but the name."""
    return prefilling.find_form(law, stage, track) is None and not slots_of(law, stage)


def seat_of(
    stage: Stage, track: str, sender: Delegation, person: Person, wanted: str
) -> tuple[int | None, str]:
    """The seat's number and name, free and fit for the person; (None, "") where there are none.

    Raises DomainError: registration_seat, registration_seat_taken, registration_seat_unfit.
    """
    law = selectors.rulebook_of(stage.season)
    slots = slots_of(law, stage.code)
    if not slots:
        return None, ""
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() else 0
    if not 1 <= number <= len(slots):
        raise DomainError("registration_seat", seats=listed(one.title for one in slots))
    slot = slots[number - 1]
    taken = Registration.objects.filter(
        stage=stage, track=track, delegation=sender, slot=number, state__in=LIVE
    ).select_related("person")
    if (holder := taken.first()) is not None:
        raise DomainError("registration_seat_taken", seat=slot.title, name=holder.person.name)
    facts = [*selectors.facts_of([person.code])[person.code]]
    facts += selectors.told_by_tree(law, [person])[person.code]
    if slot.require is not None and holds(slot.require, Facts(facts, None)) is False:
        raise DomainError("registration_seat_unfit", seat=slot.title, name=person.name)
    return number, slot.title[:60]


def leader_may_play(law: Rulebook, stage: str) -> bool:
    """Whether the notice lets a player lead the team."""
    return any(roster.leader == "player" for roster in rosters_of(law, stage))


def form_of(registration: Registration) -> Form | None:
    """The rulebook's form; None where there is none, or the rules no longer have it."""
    return selectors.rulebook_of(registration.season).forms.get(registration.form)


def answers_of(registration: Registration) -> dict[str, object]:
    """The answers, opened, to what the rules still ask: for the unit's and the office's pages."""
    form = form_of(registration)
    known = {field.id for field in form.fields} if form else set()
    return {key: value for key, value in sealed.answers_of(registration).items() if key in known}


def track_title(registration: Registration) -> str:
    track = selectors.rulebook_of(registration.season).tracks.get(registration.track)
    return track.title if track else ""


def demand_wanted(season: Season, stage: Stage, track: str, kind: str, route: str) -> None:
    law = selectors.rulebook_of(season)
    if stage.code not in nominations(law):
        raise DomainError("registration_stage")
    if kind not in Kind.values or route not in Route.values:
        raise DomainError("registration_kind")
    if kind == Kind.LEADER:
        return
    if track not in tracks_of(law, stage.code):
        title = law.tracks[track].title if track in law.tracks else track
        raise DomainError("track_not_here", stage=stage.title, track=title)
    if kind == Kind.SUBSTITUTE and not substitutes_of(law, stage.code):
        raise DomainError("registration_no_substitutes", track=law.tracks[track].title)
    if kind == Kind.COACH and not coaches_of(law, stage.code):
        raise DomainError("registration_no_coaches", track=law.tracks[track].title)


def demand_free(
    season: Season, stage: Stage, sender: Delegation, person: Person, kind: str, track: str
) -> None:
    """Nobody is registered twice; a leader does not play, unless the notice says so."""
    law = selectors.rulebook_of(season)
    mine = Registration.objects.filter(season=season, state__in=LIVE)
    theirs = list(mine.filter(person=person).select_related("stage"))
    entries = Entry.objects.filter(stage__season=season, person=person).exclude(
        state__in=selectors.LEFT
    )
    if kind == Kind.LEADER:
        _demand_one_leader(stage, sender)
        played = [one for one in theirs if one.kind not in APART]
        if (played or entries.exists()) and not leader_may_play(law, stage.code):
            what = stage.title if not played else Kind(played[0].kind).label
            raise DomainError("registration_leader_competes", name=person.name, what=what)
        return
    for one in theirs:
        _demand_apart(law, stage, one, kind)
    _demand_places(stage, sender, person, kind, track)


def _demand_apart(law: Rulebook, stage: Stage, held: Registration, kind: str) -> None:
    """What somebody is registered as already, against what is wanted now."""
    name = held.person.name
    if held.kind == Kind.LEADER and kind != Kind.COACH:
        if not leader_may_play(law, stage.code):
            raise DomainError("registration_leader_competes", name=name, what=Kind.LEADER.label)
        return
    if held.stage_id != stage.pk or held.kind == Kind.LEADER:
        return
    what = law.tracks[held.track].title if held.track in law.tracks else stage.title
    raise DomainError("registration_twice", name=name, what=what)


def _demand_one_leader(stage: Stage, sender: Delegation) -> None:
    held = (
        Registration.objects.filter(
            stage=stage, delegation=sender, kind=Kind.LEADER, state__in=LIVE
        )
        .select_related("person")
        .first()
    )
    if held is not None:
        raise DomainError(
            "registration_leaders_full", delegation=sender.name, name=held.person.name
        )


def _demand_places(stage: Stage, sender: Delegation, person: Person, kind: str, track: str) -> None:
    """Drafts take a place too: nobody fills in a form for nothing."""
    season = stage.season
    law = selectors.rulebook_of(season)
    held = Registration.objects.filter(
        stage=stage, track=track, delegation=sender, kind=kind, state__in=LIVE
    )
    if kind in {Kind.SUBSTITUTE, Kind.COACH}:
        substitutes = kind == Kind.SUBSTITUTE
        limit = (substitutes_of if substitutes else coaches_of)(law, stage.code)
        taken = held.count()
        if taken >= limit:
            raise DomainError(
                "registration_beside_full",
                delegation=sender.name,
                track=law.tracks[track].title,
                kind=Kind(kind).label,
                limit=limit,
                taken=taken,
            )
        return
    places = selectors.places_of(season, stage, track, sender)
    waiting = held.filter(entry=None).count()
    if places.limit is not None and places.taken + waiting >= places.limit:
        raise DomainError(
            "quota_full",
            delegation=sender.name,
            limit=places.limit,
            standing=places.taken + waiting,
            wanted=1,
        )
    coming = [one.person for one in held.filter(entry=None).select_related("person__unit")]
    selectors.demand_within_caps(stage, track, sender, [*coming, person])


def demand_welcome(registration: Registration, at: datetime) -> None:
    """The bars once more, as the facts stand now."""
    if registration.kind in APART:
        return
    found = selectors.bars_for(
        registration.season,
        registration.stage.code,
        registration.track,
        [registration.person],
        at=at,
    )
    bars = found.get(registration.person.code, ())
    if bars:
        told = listed(bar.source or bar.title for bar in bars)
        raise DomainError("registration_barred", name=registration.person.name, bars=told)
