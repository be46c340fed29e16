"""A live match, what was logged of it, who presses where, and what is asked.

The lane's stage process writes `Line` and `Refusal` and nothing else while a match runs; the state
of the match follows from `Match.rules` and its lines alone (`rulebook.live`).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.live.enums import MatchState, Mode


class Match(models.Model):
    """One match of a stage's live event. `code` is what tables and the log call it.

    `rules` is the event of the rulebook as canonical JSON (read with `schema.read(Event, …)`),
    frozen with `rules_hash`, SHA-256 of its canonical bytes, when the match is made ready. The log
    alone says who plays: making a match ready writes its first lines (kinds `seat`, `member`,
    `present`, by "office:<account>", at 0), so a match is `step` over all lines from
    `start(live, {})`. `seats` {seat: entry code, with "=figure" where the rules carry one},
    `members` {seat: {number: person}} and `names` repeat them for cards and screens.

    `cap_ms` bounds the correction of a press and `band_us` is how near two presses must be to count
    as level; both are fixed by the network test before the match, which `network` records.
    `wrapped_key` is the key of its questions, wrapped under purpose "paper" with the associated
    data `match:<season>:<code>`. A rehearsal has false names, leaves no score and no ledger entry,
    and is deleted with its lines. `scored_seq` is the last line that the recorded scores know.
    """

    season = models.CharField(max_length=64)
    stage = models.CharField(max_length=64)
    track = models.CharField(max_length=64, blank=True)
    event = models.CharField(max_length=64)
    code = models.CharField(max_length=32)
    title = models.CharField(_("场次"), max_length=80)
    starts_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=MatchState.choices, default=MatchState.PLANNED)
    rehearsal = models.BooleanField(_("彩排"), default=False)
    rules = models.JSONField(default=dict)
    rules_hash = models.CharField(max_length=64, blank=True)
    seats = models.JSONField(default=dict)
    names = models.JSONField(default=dict)  # seat → what the hall shows
    members = models.JSONField(default=dict)
    present = models.JSONField(default=dict)  # seat → roles that somebody of it has
    draw = models.PositiveIntegerField(null=True)  # the number of the draw that gave the seats
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.ARRIVAL)
    cap_ms = models.PositiveSmallIntegerField(default=0)
    band_us = models.PositiveIntegerField(default=0)
    network = models.JSONField(default=dict)
    wrapped_key = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)  # rises with what the lane must read again
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    scored_seq = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("对抗场次")
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="match_code_once")]
        indexes = [models.Index(fields=["season", "stage", "event"], name="match_event")]


class Line(models.Model):
    """One entry of a match's log; append-only, `seq` from 1 without a gap.

    `at` is in µs on the match's clock (0 where there is none). `by` is "office:<account>",
    "host:<account>", "seat:<device id>" or "clock". `evidence` of a press: arrival and claimed
    instant in µs, offset, uncertainty, smallest round trip, mode, the question's epoch, what was
    decided and why.
    """

    pk = models.CompositePrimaryKey("match_id", "seq")
    match_id = models.BigIntegerField()  # no foreign key: a check per press would cost too much
    seq = models.PositiveIntegerField()
    at = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    seat = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    evidence = models.JSONField(default=dict)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "live_log"
        verbose_name = _("现场记录")


class Refusal(models.Model):
    """A press or a move that the referee did not take, kept as evidence; append-only."""

    match_id = models.BigIntegerField()
    at = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    seat = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    evidence = models.JSONField(default=dict)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "live_refusal"
        verbose_name = _("未采纳的记录")
        indexes = [models.Index(fields=["match_id"], name="refusal_match")]


class Device(models.Model):
    """A seat's card and the device that came in with it.

    Whoever enters with the card raises `epoch` above all others of the seat: only the highest may
    press. Of several cards of a seat the newest row is good; an older one was replaced.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="devices")
    seat = models.CharField(max_length=40)
    epoch = models.PositiveIntegerField(default=1)
    code_digest = models.BinaryField(max_length=32, unique=True)  # SHA-256 of the card's code
    sealed_code = models.TextField(blank=True, default="")  # for printing; place "device:<digest>"
    bound_at = models.DateTimeField(null=True)
    measured = models.JSONField(default=dict)  # the network test's figures, and "shared"

    class Meta:
        verbose_name = _("抢答席设备")
        constraints = [
            models.UniqueConstraint(fields=["match", "seat", "epoch"], name="device_epoch_once")
        ]

    @property
    def figures(self) -> dict[str, Any]:
        """What the network test measured; empty before it."""
        return dict(self.measured) if "count" in self.measured else {}

    @property
    def shared(self) -> bool:
        """One of several seats at a computer."""
        return bool(self.measured.get("shared"))


class Paddles(models.Model):
    """The order in which one of the recorders saw paddles go up; `after` is the question's
    epoch: the line that put it on stage or opened it again.

    Two recorders key each order apart; a third decides where they differ (`decides`).
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="paddles")
    after = models.PositiveIntegerField()
    account = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    order = models.JSONField()
    decides = models.BooleanField(default=False)
    sent = models.BooleanField(default=False)  # the order was taken into the log
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("举牌记录")
        constraints = [
            models.UniqueConstraint(fields=["match", "after", "account"], name="paddles_once")
        ]


class Question(models.Model):
    """A question of a match, frozen: `sealed` is its text, options, answer and explanation as JSON,
    encrypted with the match's own key (nonce || AES-256-GCM, associated data
    `question:<season>:<match code>:<name>`): {"type", "stem", "options": [[letter, text]], "key",
    "answer", "explanation"}, `answer` being the key in words.

    `number` counts within the match; spares come after the planned ones. `name` is the id that the
    log's `question` entry names.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    segment = models.CharField(max_length=40, blank=True)
    spare = models.BooleanField(_("备用"), default=False)
    version = models.BigIntegerField(null=True)  # the bank's item version, where it comes from one
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("现场试题")
        constraints = [
            models.UniqueConstraint(fields=["match", "number"], name="live_question_once"),
            models.UniqueConstraint(fields=["match", "name"], name="live_question_name_once"),
        ]
