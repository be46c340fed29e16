"""A small exam that has been sat: a season of its own rules, entries, a paper, journals."""

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from leitai import rulebook as language
from leitai.bank import services as bank
from leitai.bank.models import Paper
from leitai.base.actor import Actor, AppointmentRef, system
from leitai.people.models import Person
from leitai.seasons.enums import EntryState, SeasonState
from leitai.seasons.models import Entry, RulebookVersion, Season, Stage
from leitai.sittings.enums import SittingState
from leitai.sittings.models import Exam, JournalRow, Site, Sitting
from leitai.units.enums import Level
from leitai.units.models import Delegation, Unit
from tests.interchange.books import HEADINGS, csv_bytes

AT = datetime(2022, 7, 15, 1, 0, tzinfo=UTC)
OPENS = datetime(2022, 7, 15, 2, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(minutes=90)
OFFICE = Actor("1", "办公室", appointments=(AppointmentRef("office", "51/", ""),))
KEYS = {1: "B", 2: "B", 3: "B", 4: "B", 5: "AD", 6: "AD"}  # of the small paper
FULL = {"single": (40, 4), "multiple": (20, 2)}  # the packaged rules', and the small exam's


def small_rules() -> str:
    """The packaged rules with an exam of 4 × 1.5 and 2 × 2 points."""
    text = language.packaged("sichuan-2022").replace('max: "100.00"', 'max: "10.00"')
    for type_, (full, small) in FULL.items():
        text = text.replace(f"type: {type_}, count: {full}", f"type: {type_}, count: {small}")
    return text


@dataclass
class Hall:
    """`sit` adds a contestant; codes count from e001."""

    rules: str = field(default_factory=small_rules)
    singles: int = 4
    multiples: int = 2

    def __post_init__(self) -> None:
        law = language.load(self.rules)
        version = RulebookVersion.objects.create(
            hash=law.hash, text=self.rules, canonical=law.canonical, added_at=AT
        )
        self.season = Season.objects.create(
            code="sc", rulebook=version, state=SeasonState.OPEN, created_at=AT
        )
        self.stage = Stage.objects.create(
            season=self.season, code="advancement", title="全省晋级赛", position=2
        )
        unit = Unit.objects.create(code="5101", name="成都市", level=Level.PREFECTURE, path="5101/")
        self.delegation = Delegation.objects.create(
            season="sc", unit=unit, name="成都市", position=1
        )
        self.exam = Exam.objects.create(
            code="sc-advancement-exam-1",
            stage=self.stage,
            event="exam",
            title="晋级赛",
            paper=self._paper(law),
            opens_at=OPENS,
            closes_at=CLOSES,
        )
        self.site = Site.objects.create(exam=self.exam, code="5101", name="成都赛点")

    def _paper(self, law: language.model.Rulebook) -> Paper:
        rows = [HEADINGS]
        rows += [
            [n, "单选", "", f"单选{n}", "一", "二", "三", "四", "B", ""]
            for n in range(self.singles)
        ]
        rows += [
            [n, "多选", "", f"多选{n}", "一", "二", "三", "四", "AD", ""]
            for n in range(self.multiples)
        ]
        bank.import_items(
            actor=system("tests"),
            bank_code="rs",
            title="人社",
            source=io.BytesIO(csv_bytes(rows)),
            name="题.csv",
            at=AT,
        )
        return bank.compose_papers(
            actor=OFFICE,
            season_code="sc",
            event=law.events["exam"],
            bank_codes=["rs"],
            codes=["p1"],
            titles=["晋级赛试卷"],
            seed="s",
            at=AT,
        )[0]

    def sit(
        self,
        *batches: list,
        state: str = SittingState.HANDED_IN,
        seconds: float = 60,
        entry_state: str = EntryState.CONFIRMED,
    ) -> Sitting:
        return self.sit_many([batches], state=state, seconds=seconds, entry_state=entry_state)[0]

    def sit_many(
        self,
        journals: list,
        *,
        state: str = SittingState.HANDED_IN,
        seconds: float = 60,
        entry_state: str = EntryState.CONFIRMED,
    ) -> list[Sitting]:
        """Sittings with these journals: batches of [number, answer, milliseconds]."""
        first = self.exam.sittings.count() + 1
        numbers = range(first, first + len(journals))
        people = Person.objects.bulk_create(
            Person(code=f"p{n:03d}", name=f"选手{n}", unit=self.delegation.unit) for n in numbers
        )
        entries = Entry.objects.bulk_create(
            Entry(
                stage=self.stage,
                track="individual",
                code=f"e{n:03d}",
                person=person,
                delegation=self.delegation,
                state=entry_state,
                entered_at=AT,
            )
            for n, person in zip(numbers, people, strict=True)
        )
        sittings = Sitting.objects.bulk_create(
            Sitting(
                exam=self.exam,
                entry=entry,
                site=self.site,
                seat=n,
                number=f"001{n:04d}",
                admission_digest=sha256(f"code {n}".encode()).digest(),
                state=state,
                deadline=CLOSES,
                entered_at=None if state in (SittingState.ABSENT, SittingState.WAITING) else OPENS,
                ended_at=None
                if state in (SittingState.OPEN, SittingState.WAITING)
                else OPENS + timedelta(seconds=seconds),
            )
            for n, entry in zip(numbers, entries, strict=True)
        )
        rows = []
        for sitting, batches in zip(sittings, journals, strict=True):
            rows += journal(sitting, batches)
        JournalRow.objects.bulk_create(rows, batch_size=5000)
        Sitting.objects.bulk_update(sittings, ["final_seq", "final_digest"], batch_size=500)
        return sittings


def journal(sitting: Sitting, batches: list) -> list[JournalRow]:
    """The rows as the lane writes them, and the sitting's end of journal."""
    digest, rows = sha256(f"sitting:{sitting.pk}".encode()).digest(), []
    for seq, answers in enumerate(batches, start=1):
        body = json.dumps(
            {"seq": seq, "answers": answers}, separators=(",", ":"), ensure_ascii=False
        ).encode()
        digest = sha256(digest + body).digest()
        rows.append(
            JournalRow(sitting_id=sitting.pk, seq=seq, epoch=1, at=OPENS, body=body, digest=digest)
        )
    sitting.final_seq, sitting.final_digest = len(batches), digest
    return rows


def answers(given: dict[int, object]) -> list:
    """One batch with these answers, by item number."""
    return [[number, answer, 1000 * number] for number, answer in given.items()]
