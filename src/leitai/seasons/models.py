"""A season bound to an immutable rulebook; its calendar, stages, entries, facts and scores."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.people.models import Person
from leitai.seasons.enums import (
    AbsentRule,
    DrawKind,
    DrawRole,
    DrawState,
    EntryAs,
    EntryState,
    FactKind,
    LocalHow,
    ResolutionHow,
    RevisionAct,
    RulesDraftState,
    ScoreState,
    ScoreStatus,
    SeasonState,
)
from leitai.seasons.team_models import Teamed
from leitai.units.models import Delegation, Unit


class RulebookVersion(models.Model):
    hash = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    canonical = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("竞赛规则")


class Season(models.Model):
    code = models.SlugField(max_length=64, unique=True)
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=SeasonState.choices, default=SeasonState.DRAFT)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    remind_days = models.PositiveSmallIntegerField(_("提前几天提醒"), default=3)  # 0: never
    remind_loud = models.BooleanField(_("也发短信、邮件和微信"), default=False)

    class Meta:
        verbose_name = _("赛季")


class SeasonRules(models.Model):
    """A version of a season's rules: the first came with the season, each later one was adopted.

    `season.rulebook` is the text of the newest. `effective` are the words on when it takes effect.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="rule_versions")
    number = models.PositiveIntegerField()
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=64, blank=True)  # an account
    adopted_name = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    effective = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("规则版本")
        ordering = ["season", "number"]
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="season_rules_number")
        ]

    @property
    def adopter(self) -> str:
        """Who adopted it, in words: the house itself has a name for programs only."""
        return str(_("系统")) if self.adopted_by.startswith("system:") else self.adopted_name


class RulesDraft(models.Model):
    """Rules being written: a new version of a season's, or (`next_code`) those of a season to come.

    `base` is the version that it was begun from, or put together with since. `text` is that of the
    newest revision, whether or not it can be adopted.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="rules_drafts")
    number = models.PositiveIntegerField()
    base = models.ForeignKey(SeasonRules, on_delete=models.PROTECT, related_name="+")
    next_code = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=12, choices=RulesDraftState.choices, default=RulesDraftState.OPEN
    )
    text = models.TextField()
    revision = models.PositiveIntegerField()
    editor = models.CharField(max_length=64)  # an account
    editor_name = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("规则草稿")
        ordering = ["season", "number"]
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="rules_draft_number")
        ]


class RulesRevision(models.Model):
    """A draft's text as it stood once. Rows are added and never changed; so is an undoing."""

    draft = models.ForeignKey(RulesDraft, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=RevisionAct.choices)
    path = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)  # what stands at the path, in words
    text = models.TextField()
    problems = models.PositiveIntegerField()  # how many the check found
    saved_by = models.CharField(max_length=64)  # an account
    saved_name = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("规则草稿的修改")
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="rules_revision_number")
        ]


class AssumptionConfirmation(models.Model):
    """Somebody confirmed the chosen answer to a question; another answer is not confirmed by it.

    `answer` is the digest of question and answer.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="confirmations")
    key = models.CharField(max_length=64)
    answer = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["season", "key", "answer"], name="assumption_confirmed_once"
            )
        ]


class CalendarWindow(models.Model):
    """A window of the calendar. Newest row per name counts; older ones stay as the record.

    With a `delegation` it is that one's own date, where it differs from everybody's. `notice` names
    the supplementary notice that moved it, `reason` says why.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="windows")
    name = models.CharField(max_length=64)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, null=True, related_name="windows"
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    deviation = models.TextField(blank=True)  # the reason, where it leaves the rulebook's dates
    reason = models.TextField(blank=True)
    notice = models.CharField(_("补充通知"), max_length=120, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("日程")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="window_forward"
            )
        ]


class Stage(models.Model):
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="stages")
    code = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("阶段")
        ordering = ["season", "position"]
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="stage_code")]


class LocalStage(models.Model):
    """How one delegation holds a stage that each holds for itself; `contest` is its own season.

    `results` are the reported rows: [[rank, name, unit, score]], without any personal number.
    """

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="local")
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="local")
    how = models.CharField(max_length=12, choices=LocalHow.choices)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    note = models.TextField(blank=True)
    contest = models.CharField(max_length=64, blank=True)
    results = models.JSONField(default=list)
    reported_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("地方赛")
        constraints = [
            models.UniqueConstraint(fields=["stage", "delegation"], name="local_stage_once"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")),
                name="local_stage_forward",
            ),
        ]


class LightContest(models.Model):
    """A contest that one person holds: what was chosen before it opens. Its season has the rest.

    `people` are codes of persons in the order of the roster; `bank` the code of its own questions.
    """

    season = models.OneToOneField(Season, on_delete=models.CASCADE, related_name="light")
    owner = models.CharField(max_length=64)  # an account
    people = models.JSONField(default=list)
    bank = models.CharField(max_length=64, blank=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    above = models.ForeignKey(LocalStage, on_delete=models.SET_NULL, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)  # begun by mistake, and given up before it opened

    class Meta:
        verbose_name = _("本地比赛")


class CalendarFeed(models.Model):
    """A person's secret address of the own calendar; `digest` is SHA-256 of the token."""

    account = models.CharField(max_length=64, unique=True)
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("日历订阅")


class Entry(Teamed):
    """A person or a team in a stage of a track for a delegation; `code` is that of every stage."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="entries")
    track = models.CharField(max_length=64)
    code = models.CharField(_("参赛编号"), max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="entries")
    as_kind = models.CharField(max_length=12, choices=EntryAs.choices, default=EntryAs.INDIVIDUAL)
    state = models.CharField(
        max_length=12, choices=EntryState.choices, default=EntryState.NOMINATED
    )
    reason = models.JSONField(null=True)  # how it came here: a rulebook reason, code and data
    entered_at = models.DateTimeField()
    replaced_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, related_name="replaces"
    )

    class Meta:
        verbose_name = _("参赛对象")
        constraints = [
            models.UniqueConstraint(fields=["stage", "track", "code"], name="entry_code"),
            models.UniqueConstraint(fields=["stage", "track", "person"], name="entry_person"),
        ]


class Fact(models.Model):
    """What is known of a person at a time; `value` is exact text."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    key = models.CharField(max_length=64)
    value = models.CharField(max_length=64, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("事实")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "key", "since", "source"],
                name="fact_once",
                nulls_distinct=False,
            )
        ]


class Score(models.Model):
    """(entry, event) → exact value, `value / (over * 10**decimals)`. Corrections are new rows.

    `over` is 1 but for figures that no decimal can write, such as an unrounded mean of three.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="scores")
    event = models.CharField(max_length=64)
    value = models.BigIntegerField()
    decimals = models.PositiveSmallIntegerField()
    over = models.PositiveBigIntegerField(default=1, db_default=1)
    keys = models.JSONField(default=dict)  # tie keys, integers scaled as the rulebook declares
    status = models.CharField(max_length=8, choices=ScoreStatus.choices, default=ScoreStatus.OK)
    state = models.CharField(
        max_length=12, choices=ScoreState.choices, default=ScoreState.PROVISIONAL
    )
    source = models.CharField(max_length=120)  # kind:id of the record that made it
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("成绩")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "event"],
                condition=~Q(state="superseded"),
                name="score_current_once",
            )
        ]

    @property
    def exact(self) -> Fraction:
        """The figure itself, whichever way it is written."""
        return Fraction(self.value, self.over * 10**self.decimals)


class Draw(models.Model):
    """A draw: committed and revealed (draw-1), public numbers alone, or by hand.

    `manifest` is the plan while it is a draft, and as published from then on. `roster` has the name
    of each opaque id. `key` is the key string without the attempt's number.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="draws")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=DrawKind.choices, default=DrawKind.SIMPLE)
    state = models.CharField(max_length=12, choices=DrawState.choices, default=DrawState.DRAWN)
    purpose = models.CharField(max_length=200)
    pool = models.JSONField()
    roster = models.JSONField(default=list)
    roster_hash = models.CharField(max_length=64, blank=True)
    manifest = models.JSONField(null=True)
    manifest_hash = models.CharField(max_length=64, blank=True)
    public = models.JSONField(null=True)  # numbers, value, at, fallback, note, witnesses
    key = models.TextField(blank=True)
    attempt = models.PositiveIntegerField(null=True)
    relaxed = models.JSONField(default=list)
    outcome = models.JSONField(default=list)
    absent_rule = models.CharField(max_length=12, choices=AbsentRule.choices, blank=True)
    witnesses = models.JSONField(default=list)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    abort_reason = models.TextField(blank=True)
    abort_asked_by = models.CharField(max_length=64, blank=True)
    recorded_by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("抽签")
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="draw_number"),
            models.CheckConstraint(
                condition=~Q(kind=DrawKind.COMMITTED, state=DrawState.DRAWN) | ~Q(manifest_hash=""),
                name="draw_drawn_published",
            ),
        ]


class DrawParty(models.Model):
    """Who commits. `sealed` is the secret kept by the house; `secret` stands from the reveal on."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=DrawRole.choices)
    name = models.CharField(max_length=120)
    account = models.CharField(max_length=64, blank=True)  # who alone may speak, if named
    commitment = models.CharField(max_length=64, blank=True)
    committed_by = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True)
    sealed = models.TextField(blank=True)
    secret = models.CharField(max_length=128, blank=True)
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("参与方")
        ordering = ["draw", "pk"]
        constraints = [models.UniqueConstraint(fields=["draw", "role"], name="draw_party_once")]


class DrawCall(models.Model):
    """One line of a hand draw as it was keyed; a correction is a further line."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="calls")
    seq = models.PositiveIntegerField()
    member = models.CharField(max_length=64, blank=True)
    number = models.PositiveIntegerField(null=True)
    absent = models.BooleanField(default=False)
    corrects = models.PositiveIntegerField(null=True)
    void = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("人工抽签记录")
        ordering = ["draw", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "seq"], name="draw_call_seq"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="draw_call_reason"
            ),
        ]


class Resolution(models.Model):
    """The committee's answer to a tie that touches a line; `order` is best first."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="resolutions")
    stage = models.CharField(max_length=64)
    track = models.CharField(max_length=64)
    board = models.CharField(max_length=64)
    line = models.CharField(max_length=64)
    order = models.JSONField()
    how = models.CharField(max_length=12, choices=ResolutionHow.choices)
    note = models.TextField(blank=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("同分处理")
        indexes = [models.Index(fields=["season", "stage"], name="resolution_stage")]
