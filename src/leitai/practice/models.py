"""Who practises, what they did (journal and acts), what it brought, and what stands in doubt.

The lane writes `Journal` and nothing else; the worker folds it, and everything below follows from
journal, acts and the rules alone, so that a second fold of the same rows changes nothing.
`Journal`, `Act` and `Credit` are partitioned by month (see the migration).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.bank.models import Bank, Item
from leitai.people.models import Person
from leitai.practice import columns
from leitai.practice.dictionary import Why
from leitai.practice.enums import (
    Cause,
    DoubtState,
    OutsideState,
    SuspicionKind,
    SuspicionState,
)
from leitai.units.models import Unit


class Shelf(models.Model):
    """A practice bank from which a season's learners are given questions."""

    season = models.CharField(max_length=64)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("练习题库")
        constraints = [models.UniqueConstraint(fields=["season", "bank"], name="shelf_once")]


class Learner(models.Model):
    """Somebody who practises in a season: a person of the house, or of the public (`person` empty).

    `account` is the account's id as text. `unit` is where the person serves today, kept for lists;
    what counts for a day's statistics is the unit of that day (`Day`). `totals` sums up the points,
    {ledger: {period: decimal text}}, and is rebuilt from `Credit` at will.
    """

    season = models.CharField(max_length=64)
    account = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(_("每日学习时间（分钟）"), default=5)
    hidden = models.BooleanField(_("不进入排行榜"), default=False)
    totals = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("学员")
        constraints = [
            models.UniqueConstraint(fields=["season", "account"], name="learner_account_once"),
            models.UniqueConstraint(
                fields=["season", "person"], condition=~Q(person=None), name="learner_person_once"
            ),
        ]
        indexes = [models.Index(fields=["season", "unit"], name="learner_unit")]


class Journal(models.Model):
    """One set of answers as the lane took it; partitioned by `day`, (day, set) is unique.

    `set` are the 16 bytes of the set's id, `day` the day for which the set was handed out, `items`
    the versions of the questions on it in order, as the signed ticket names them. `body` is the set
    as the learner handed it in (`lane.packing`): began, ended, and of each answer its number from
    1, what was answered, the milliseconds taken for it. `at` is the
    arrival by the database's clock. `folded_at` is empty until the worker took it.
    """

    pk = models.CompositePrimaryKey("day", "set")
    day = models.DateField()
    set = models.BinaryField(max_length=16)
    learner = models.BigIntegerField()  # no foreign key: the lane asks nothing
    act = models.CharField(max_length=64)
    items = columns.ItemsColumn()
    body = models.BinaryField()
    at = models.DateTimeField()
    folded_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "practice_journal"


class Act(models.Model):
    """Something a learner did, as the rules read it (`rulebook.data.ActIn`); partitioned by `day`.

    A set has no row as long as its journal stands, unless it was taken out of account: ask
    `selectors.acts` what somebody did. `source` says where an act comes from and makes it unique
    in the learner's day: "set:<hex>", "lecture:<id>", "duel:<id>", "exam:<code>". `at` is when it
    counts; `value` as the rules' act wants it. `void` names the suspicion or the ruling that took
    it out of account, "" where none.
    """

    pk = models.CompositePrimaryKey("learner", "day", "source")
    day = models.DateField()
    source = columns.SourceColumn(max_length=64)
    learner = models.BigIntegerField()
    act = models.CharField(max_length=64)
    at = models.DateTimeField()
    value = columns.ValueColumn(blank=True, default="")
    void = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        managed = False
        db_table = "practice_act"


class Credit(models.Model):
    """One line of a learner's points ledger; never changed, partitioned by `day`.

    `line` counts a learner's lines from 1. `act` is the source of the act, `points` and `balance`
    are exact decimals as text, `why` is the reason. A correction is a further line with the
    difference (`corrects` is the line it mends), so that the sum is always right.
    """

    pk = models.CompositePrimaryKey("learner", "line", "day")
    day = models.DateField()
    learner = models.BigIntegerField()
    line = models.PositiveIntegerField()
    act = columns.SourceColumn(max_length=64)
    ledger = models.CharField(max_length=64)
    at = models.DateTimeField()
    points = models.CharField(max_length=32)
    balance = models.CharField(max_length=32)
    why = models.ForeignKey(Why, on_delete=models.PROTECT, related_name="+")
    corrects = models.PositiveIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "practice_credit"

    @property
    def reason(self) -> dict[str, Any]:
        """The rules' `Reason` as JSON."""
        found: dict[str, Any] = self.why.told
        return found


class Unread(models.Model):
    """A set that could not be read, with the reason; its journal row stands and is folded no more.

    `code` and `data` are those of a refusal (`practice.errors`). A rebuild tries again.
    """

    season = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    set = models.BinaryField(max_length=16)
    learner = models.BigIntegerField()
    act = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("未能读取的答题")
        constraints = [models.UniqueConstraint(fields=["day", "set"], name="unread_once")]
        indexes = [models.Index(fields=["season", "found_at"], name="unread_season")]


class Account(models.Model):
    """How far a learner's acts have been credited, so that a further one costs little.

    `state` is all that a later act needs (`rulebook.practice.Follower`), under the rules that `law`
    names; empty where everything has to be read again. `lines` counts the lines of `Credit`. Can be
    thrown away at any time.
    """

    learner = models.OneToOneField(
        Learner, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    law = models.CharField(max_length=64, blank=True)
    state = columns.PressedColumn(default=bytes)
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("积分账户")


class Title(models.Model):
    """A title that a learner reached. `lost_on` where points taken back have undone it."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="titles")
    title = models.CharField(max_length=64)  # the rules' name
    period = models.CharField(max_length=24)  # "2022-04", "2022-04-04/2022-04-10", "2022", "all"
    reached_on = models.DateField()
    until = models.DateField(null=True)
    reason = models.JSONField(default=dict)
    lost_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("练兵称号")
        constraints = [
            models.UniqueConstraint(fields=["learner", "title", "period"], name="title_once")
        ]
        indexes = [models.Index(fields=["title", "reached_on"], name="title_reached")]


class Memory(models.Model):
    """What a learner remembers of each question: packed cards (`practice.cards`), one row each.

    A card holds the item, FSRS state, stability, difficulty, due day, last day, how often seen and
    how often wrong, and whether it stands in the book of wrong answers.
    """

    learner = models.OneToOneField(
        Learner, on_delete=models.CASCADE, primary_key=True, related_name="memory"
    )
    cards = columns.PressedColumn(default=bytes)

    class Meta:
        verbose_name = _("记忆状态")


class Mark(models.Model):
    """What a learner wrote beside a question: favourite, cause of the mistake, a note.

    `out` is how often it had gone wrong when it was taken out of the book of wrong answers: the
    next mistake puts it back, however often the cards are folded.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="marks")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    favourite = models.BooleanField(default=False)
    cause = models.CharField(max_length=12, choices=Cause.choices, blank=True, default="")
    note = models.CharField(_("笔记"), max_length=1000, blank=True)
    out = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("标记")
        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="mark_once")]


class Day(models.Model):
    """A learner's day: what was done, where they served, how each module went. Folded, rebuilt.

    `unit`, `line`, `staffing`, `window` are those of that day (empty for the public). `modules` is
    {node of the syllabus: [answers, right]} (`practice.nodes`); `acts` is {act: times}; `points` is
    {ledger: decimal text}.
    """

    pk = models.CompositePrimaryKey("learner_id", "day")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.CharField(max_length=40, blank=True)
    staffing = models.CharField(max_length=12, blank=True)
    window = models.CharField(max_length=8, blank=True)
    sets = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    modules = columns.ModulesColumn(default=dict)
    acts = models.JSONField(default=dict)
    points = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("学习日")


class DayChange(models.Model):
    """A learner's day became another; statistics take these rows and delete them (an outbox).

    `before` and `after` are the `Day` as JSON ({} where there was none); a reader that adds after
    and subtracts before keeps its sums exact.
    """

    season = models.CharField(max_length=64)
    learner = models.BigIntegerField()
    day = models.DateField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("学习日变动")


class Suspicion(models.Model):
    """Something that an officer should look at; never public, decides nothing by itself.

    `evidence` holds figures only. `history` is [[state, account, iso time, words], …].
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="suspicions")
    kind = models.CharField(max_length=12, choices=SuspicionKind.choices)
    day = models.DateField()
    evidence = models.JSONField()
    state = models.CharField(
        max_length=12, choices=SuspicionState.choices, default=SuspicionState.OPEN
    )
    history = models.JSONField(default=list)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("核查线索")
        constraints = [
            models.UniqueConstraint(fields=["learner", "kind", "day"], name="suspicion_once")
        ]


class Outside(models.Model):
    """A figure of an outside platform, beside the house's own and never added to it.

    `kind` is "points", "title" or "contest", `key` the rules' name of it, `source` the platform,
    `as_of` the day of the figure. Once matched it is a Fact of the person as well.
    """

    season = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    value = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField()
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("外部平台数据")
        constraints = [
            models.UniqueConstraint(
                fields=["season", "person", "kind", "key", "source", "as_of"], name="outside_once"
            )
        ]


class OutsideDraft(models.Model):
    """An outside platform's file on its way in: its rows as they were matched, to be confirmed.

    `rows` hold no personal number, only masks (services/outside/lines.py). A small file is gone
    once confirmed, every one after a day. A large one is read and taken in by a job: until it is
    read, `content` is the file, sealed (place "outside:<code>"); `done` of `total` rows are behind
    it, `counts` those taken by state, `told_at` is when the job last said that it is at work.
    """

    code = models.CharField(max_length=32, unique=True)
    season = models.CharField(max_length=64)
    owner = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=120)
    as_of = models.DateField()
    rows = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OutsideState.choices, default=OutsideState.READY)
    content = models.TextField(blank=True, default="")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("外部数据导入")


class OutsideDoubt(models.Model):
    """A row of which nobody knows yet whose it is; waits until an officer decides.

    `row` is what was read, numbers masked; `people` are the codes of those it may be; `mark` is the
    row's digest, so that the same file asks nothing twice.
    """

    season = models.CharField(max_length=64)
    source = models.CharField(max_length=120)
    mark = models.CharField(max_length=64)
    row = models.JSONField()
    people = models.JSONField()
    state = models.CharField(max_length=12, choices=DoubtState.choices, default=DoubtState.WAITING)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("外部数据待确认")
        constraints = [
            models.UniqueConstraint(fields=["season", "mark"], name="outside_doubt_once")
        ]
        indexes = [models.Index(fields=["season", "state"], name="outside_doubt_state")]


class PracticeExam(models.Model):
    """A timed exam of practice. `code` is the season of its own with its entries and scores.

    `act` is the rules' act that it counts as, empty for one that brings no points. Everybody begins
    between `opens_at` and `closes_at` and has `minutes` from then on. `people` are the codes of
    those to whom it is given, None for all; `audience` says in words who they are. `full` and
    `passing` are exact decimals as text.
    """

    season = models.CharField(max_length=64)
    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    act = models.CharField(max_length=64, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(_("答题时间（分钟）"))
    full = models.CharField(_("满分"), max_length=16)
    passing = models.CharField(_("合格分"), max_length=16, blank=True, default="")
    opens_at = models.DateTimeField(_("开始"))
    closes_at = models.DateTimeField(_("截止"))
    people = models.JSONField(null=True)
    audience = models.CharField(max_length=80, blank=True, default="")
    made_by = models.CharField(max_length=64)  # an account
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("练兵考试")
        indexes = [models.Index(fields=["season", "-opens_at"], name="practice_exam_season")]

    @property
    def ends_at(self) -> datetime:
        """When the last who may begin has to hand in."""
        return self.closes_at + timedelta(minutes=self.minutes)


class ExamTry(models.Model):
    """A learner began an exam: the own time, and the mark once there is one.

    `status` is the score's, empty until it is marked; `records` counts the acts made of it.
    """

    exam = models.ForeignKey(PracticeExam, on_delete=models.PROTECT, related_name="tries")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="exam_tries")
    entry = models.CharField(max_length=32)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=8, blank=True, default="")
    mark = models.CharField(_("得分"), max_length=16, blank=True, default="")
    records = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("参加考试")
        constraints = [
            models.UniqueConstraint(fields=["exam", "learner"], name="exam_try_once"),
            models.UniqueConstraint(fields=["exam", "entry"], name="exam_try_entry"),
        ]
