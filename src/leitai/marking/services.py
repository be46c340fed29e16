"""Mark sittings that have ended, and hand their scores to the season."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from leitai.bank import selectors as bank
from leitai.base.actor import system
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.marking import tie_keys
from leitai.marking.folding import Marker, fold
from leitai.marking.models import Marking
from leitai.marking.tie_keys import Performance
from leitai.rulebook.model import Event
from leitai.seasons import selectors as seasons
from leitai.seasons import services as scores
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.models import Score, Season
from leitai.seasons.services import NewScore
from leitai.sittings import selectors as sittings
from leitai.sittings.enums import SittingState
from leitai.sittings.events import SittingsEnded
from leitai.sittings.models import Exam, Sitting
from leitai.sittings.selectors import EndedSitting

ACTOR: Final = system("marking")
_SITTING: Final = "sitting:"  # how the source of a mark that is made here begins
_STATUS: Final = {
    SittingState.ABSENT.value: ScoreStatus.ABSENT.value,
    SittingState.VOID.value: ScoreStatus.VOID.value,
}


@dataclass(frozen=True, slots=True)
class MarkReport:
    """Sittings marked (anew or as before) and sittings that were never entered."""

    marked: int
    absent: int


def mark_ended(event: SittingsEnded) -> None:
    """Subscribed to the sittings' room; repeating it changes nothing."""
    mark_sittings(event.sittings, at=timezone.now())


def mark_sittings(sitting_ids: Sequence[int], *, at: datetime) -> MarkReport:
    """Mark those of the sittings that have ended, and record their scores; repeatable.

    A sitting whose journal is not whole is not marked; all others are, and then Problems names
    every broken one. Raises coded errors, and marks nothing, where the paper's keys or the
    rulebook's event cannot be used.
    """
    by_exam: dict[int, list[EndedSitting]] = defaultdict(list)
    for ended in sittings.ended_sittings(sitting_ids):
        by_exam[ended.sitting.exam_id].append(ended)
    marked = absent = 0
    broken: list[Problem] = []
    for group in by_exam.values():
        sheet = _Sheet(group[0].sitting.exam)
        for ended in group:
            sheet.take(ended, broken)
        sheet.store(at)
        marked += len(sheet.markings)
        absent += sheet.absent
    if broken:
        raise Problems(broken)
    return MarkReport(marked, absent)


class _Sheet:
    """One exam's marks while they are being made."""

    def __init__(self, exam: Exam) -> None:
        self._exam = exam
        self._season: Season = exam.stage.season
        self._event: Event = seasons.rulebook_of(self._season).events[exam.event]
        tie_keys.check(self._event)
        self._marker = Marker(bank.key_of(exam.paper_id))
        self._scores: dict[str, list[NewScore]] = defaultdict(list)
        self._ended: dict[str, datetime] = {}
        self.markings: list[Marking] = []
        self.absent = 0

    def take(self, ended: EndedSitting, broken: list[Problem]) -> None:
        sitting = ended.sitting
        if sitting.state == SittingState.ABSENT:
            self.absent += 1
            self._score(sitting, 0, {})
            return
        final = bytes(sitting.final_digest) if sitting.final_digest is not None else None
        try:
            answers, digest = fold(
                sitting.pk, ended.rows, final_seq=sitting.final_seq or 0, final_digest=final
            )
        except DomainError as error:
            broken.append(Problem(sitting.number, error.code, error.data))
            return
        points = self._marker.points(answers)
        total = sum(points)
        self.markings.append(
            Marking(sitting=sitting, points=list(points), total=total, journal_digest=digest)
        )
        keys = tie_keys.keys_of(self._event, self._performance(sitting, points))
        value = tie_keys.scaled(self._event.title, bank.POINTS_UNIT * total, self._event.decimals)
        self._score(sitting, value, keys)

    def store(self, at: datetime) -> None:
        """Write marks and scores together: nobody has the one without the other."""
        with transaction.atomic():
            _write(self.markings, at)
            for track, batch in sorted(self._unruled().items()):
                scores.record_scores(
                    actor=ACTOR,
                    season=self._season,
                    stage=self._exam.stage.code,
                    event=self._exam.event,
                    scores=batch,
                    at=at,
                    track=track,
                )

    def _unruled(self) -> dict[str, list[NewScore]]:
        """Without the entries whose mark people decided after the sitting: that one stands."""
        rows = Score.objects.filter(entry__stage=self._exam.stage, event=self._exam.event)
        rows = rows.exclude(state=ScoreState.SUPERSEDED).exclude(source__startswith=_SITTING)
        ruled = {
            code
            for code, put in rows.values_list("entry__code", "recorded_at")
            if code in self._ended and put > self._ended[code]
        }
        kept = {
            track: [score for score in batch if score.entry not in ruled]
            for track, batch in self._scores.items()
        }
        return {track: batch for track, batch in kept.items() if batch}

    def _performance(self, sitting: Sitting, points: Sequence[int]) -> Performance:
        return Performance(
            marker=self._marker,
            points=points,
            opens_at=self._exam.opens_at,
            ended_at=sitting.ended_at or sitting.deadline,
            deadline=sitting.deadline,
        )

    def _score(self, sitting: Sitting, value: int, keys: dict[str, int]) -> None:
        if sitting.entry.state in seasons.LEFT:  # no longer in the stage
            return
        self._ended[sitting.entry.code] = sitting.ended_at or sitting.deadline
        self._scores[sitting.entry.track].append(
            NewScore(
                entry=sitting.entry.code,
                value=value,
                decimals=self._event.decimals,
                source=f"{_SITTING}{sitting.pk}",
                keys=keys,
                status=_STATUS.get(sitting.state, ScoreStatus.OK.value),
            )
        )


def _write(markings: Iterable[Marking], at: datetime) -> None:
    """Write what is new or differs: a mark that stands keeps the time when it was made."""
    new = {marking.sitting_id: marking for marking in markings}
    standing = Marking.objects.filter(sitting__in=list(new))
    for pk, points, digest in standing.values_list("sitting_id", "points", "journal_digest"):
        if new[pk].points == points and new[pk].journal_digest == bytes(digest):
            del new[pk]
    for marking in new.values():
        marking.marked_at = at
    Marking.objects.bulk_create(
        new.values(),
        update_conflicts=True,
        unique_fields=["sitting"],
        update_fields=["points", "total", "journal_digest", "marked_at"],
    )
