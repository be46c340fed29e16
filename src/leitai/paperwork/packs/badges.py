"""选手证 and 工作证: cards on sheets of A4, to be cut out; with the photograph of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.paperwork import printing
from leitai.paperwork.material import answers, records
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import file_name
from leitai.seasons import selectors as seasons

CONTESTANT, STAFF = "选手证", "工作证"


def make_contestants(wanted: Wanted) -> Made:
    """Raises DomainError("paperwork_no_entries") while nobody stands in the stage."""
    stage = seasons.get_stage(wanted.season, wanted.stage)
    entries = records.entries_of(stage)
    if not entries:
        raise DomainError("paperwork_no_entries", stage=stage.title, title=CONTESTANT)
    several = len(wanted.law.tracks) > 1
    named, files = _portraits(wanted, [entry.person_id for entry in entries])
    cards = [
        _card(
            entry.person.name,
            [
                (wanted.law.delegations.title, entry.delegation.name),
                ("单位", entry.person.unit.name),
                *((("赛项", wanted.law.tracks[entry.track].title),) if several else ()),
                ("编号", entry.code),
            ],
            named.get(entry.person_id, ""),
        )
        for entry in entries
    ]
    return _made(wanted, CONTESTANT, stage.title, cards, files)


def make_staff(wanted: Wanted) -> Made:
    """Raises DomainError("paperwork_no_staff") while nobody has a duty.

    Who registered, as leaders of delegations do, has the photograph of that form.
    """
    staff = records.staff_of(wanted.season)
    if not staff:
        raise DomainError("paperwork_no_staff")
    named, files = _portraits(wanted, [one.person for one in staff if one.person is not None])
    cards = [
        _card(
            one.name,
            [("职责", one.duty), ("单位", one.unit)],
            named.get(one.person, "") if one.person is not None else "",
        )
        for one in staff
    ]
    return _made(wanted, STAFF, "", cards, files)


def _portraits(wanted: Wanted, people: Sequence[int]) -> tuple[dict[int, str], dict[str, bytes]]:
    """By person the name of the photograph's file, and the files."""
    photos = answers.portraits(wanted.season, people)
    named = {pk: f"{pk}.{photo.type}" for pk, photo in photos.items()}
    return named, {named[pk]: photo.data for pk, photo in photos.items()}


def _card(name: str, lines: list[tuple[str, str]], picture: str = "") -> dict[str, object]:
    return {"name": name, "lines": [list(line) for line in lines], "picture": picture}


def _made(
    wanted: Wanted,
    kind: str,
    stage: str,
    cards: list[dict[str, object]],
    files: Mapping[str, bytes],
) -> Made:
    data: dict[str, object] = {
        "title": f"{wanted.short}{kind}",
        "season": wanted.law.title,
        "stage": stage,
        "kind": kind,
        "issuer": wanted.issuer,
        "photo": "照片",
        "cards": cards,
    }
    _refuse_boxes(data, cards)
    return Made(file_name(wanted.short, stage, kind, ending="pdf"), printing.badges(data, files))


def _refuse_boxes(data: dict[str, object], cards: list[dict[str, object]]) -> None:
    """Cards are printed unread: a character that no font has stops them."""
    texts = [str(card["name"]) for card in cards]
    missing = printing.compiler().missing_glyphs([*texts, str(data["season"])])
    if missing:
        raise Problems(
            Problem("", "paperwork_glyphs", {"text": one.text, "character": one.character})
            for one in missing
        )
