"""A judged event: who stands on stage in which order, who judges, and what was marked.

Nothing that decided a mark is overwritten: a sheet, a time or a count that is set right is a new
row, and the one before stops standing. The database itself refuses a sheet of a judge who has
withdrawn from that contestant, and any change of a mark (migration 0001).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from leitai.files.models import StoredFile
from leitai.judging.enums import (
    EventState,
    MaterialState,
    Mode,
    RecusalSource,
    SheetSource,
    SlotState,
    TimingHow,
)
from leitai.people.models import Person
from leitai.seasons.models import Draw, Entry, RulebookVersion, Stage


class JudgedEvent(models.Model):
    """One event of a track in a stage, or one session of it.

    `law` is the rulebook that it is marked by, frozen when it is called. `anonymous`: judges see
    numbers, no names. `hidden`: nobody sees another's marks of a contestant until all are in. A
    rehearsal has false names, leaves no score and no ledger entry, and is deleted as a whole.
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="judged_events")
    track = models.CharField(max_length=64)
    event = models.CharField(max_length=64)
    session = models.CharField(_("场次"), max_length=40, blank=True)
    title = models.CharField(_("名称"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    mode = models.CharField(_("方式"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    link = models.CharField(_("会议链接"), max_length=300, blank=True)
    videos_by = models.DateTimeField(_("视频报送截止"), null=True)
    rehearsal = models.BooleanField(_("彩排"), default=False)
    anonymous = models.BooleanField(_("只显示号码"), default=False)
    hidden = models.BooleanField(_("交齐前互不可见"), default=True)
    state = models.CharField(max_length=12, choices=EventState.choices, default=EventState.PLANNED)
    law = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, null=True, related_name="+")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)  # since when its files stay as they are
    tallied_by = models.CharField(max_length=64, blank=True)  # 统分, an account
    tallied_name = models.CharField(max_length=50, blank=True)
    tallied_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=64, blank=True)  # 复核
    checked_name = models.CharField(max_length=50, blank=True)
    checked_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("评委评分")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "track", "event", "session"],
                condition=Q(rehearsal=False),
                name="judged_event_once",
            ),
        ]


class Scenario(models.Model):
    """A card of the 模拟来访者: `brief` is what judges may read, `script` what the role says.

    `reveals` is [[when, what], …]: what may be told, and only when. `version` rises with a change.
    """

    event = models.ForeignKey(JudgedEvent, on_delete=models.CASCADE, related_name="scenarios")
    code = models.CharField(_("编号"), max_length=16)
    title = models.CharField(_("情景"), max_length=120)
    brief = models.TextField(_("情景说明"), blank=True)
    script = models.TextField(_("脚本"), blank=True)
    reveals = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField(default=1)
    edited_at = models.DateTimeField()

    class Meta:
        verbose_name = _("情景卡")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["event", "code"], name="scenario_code")]


class Slot(models.Model):
    """A contestant's turn. `number` is what judges and the hall see; `late` is minutes as text.

    `deferred`: put to the end without a fault of one's own, as the n-th; `order` stays the lot's.

    `code`, `name` and `team` are the entry's, or false ones in a rehearsal.
    """

    event = models.ForeignKey(JudgedEvent, on_delete=models.CASCADE, related_name="slots")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="slots")
    code = models.CharField(_("参赛编号"), max_length=32)
    name = models.CharField(_("姓名"), max_length=50)
    team = models.CharField(_("代表队"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("出场顺序"))
    number = models.CharField(_("号码"), max_length=8)
    state = models.CharField(max_length=8, choices=SlotState.choices, default=SlotState.WAITING)
    late = models.CharField(max_length=12, blank=True)
    deferred = models.PositiveSmallIntegerField(default=0)
    scenario = models.ForeignKey(
        Scenario, on_delete=models.SET_NULL, null=True, related_name="slots"
    )
    announced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("出场")
        ordering = ["event", "order"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="slot_code"),
            models.UniqueConstraint(
                fields=["event", "order"], name="slot_order", deferrable=Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["event", "number"], name="slot_number", deferrable=Deferrable.DEFERRED
            ),
        ]

    @property
    def owner(self) -> str:
        """Of its files."""
        return f"judged-slot:{self.pk}"

    @property
    def field(self) -> str:
        """The name of its upload in a form."""
        return f"file-{self.pk}"


class Move(models.Model):
    """One step of a contestant's day: arrived, on stage, released; append-only."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(max_length=8, choices=SlotState.choices)
    late = models.CharField(max_length=12, blank=True)
    phone = models.BooleanField(default=False)  # handed in
    reason = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("候赛记录")
        ordering = ["pk"]


class Seat(models.Model):
    """A judge of an event. `judge` is the id that tables use: `3`, `expert/3`.

    A reserve marks only where a change has put them in another's place.
    """

    event = models.ForeignKey(JudgedEvent, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judge_seats")
    judge = models.CharField(_("评委编号"), max_length=64)
    kind = models.CharField(max_length=40, blank=True)
    chief = models.BooleanField(_("评委组长"), default=False)
    reserve = models.BooleanField(_("候补"), default=False)
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("评委席")
        ordering = ["event", "reserve", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "judge"], name="seat_judge"),
            models.UniqueConstraint(fields=["event", "person"], name="seat_person"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(chief=True, left_at=None), name="seat_chief_once"
            ),
        ]


class Recusal(models.Model):
    """A judge has withdrawn from a contestant; no sheet of theirs can exist.

    `relation` is what they share (`unit`, `former-unit`, a kind of fact) or a relation's name.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="recusals")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="recusals")
    source = models.CharField(max_length=8, choices=RecusalSource.choices)
    relation = models.CharField(max_length=64)
    words = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("回避")
        constraints = [models.UniqueConstraint(fields=["seat", "slot"], name="recusal_once")]


class Change(models.Model):
    """A reserve in a judge's place, for one contestant or (no `slot`) from `since` on.

    The chief judge asks, a supervisor decides; `since` is the order of the first contestant.
    """

    out = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="outs")
    into = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="ins")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, null=True, related_name="changes")
    since = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(_("原因"), max_length=200)
    asked_by = models.CharField(max_length=64)
    asked_name = models.CharField(max_length=50)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_name = models.CharField(max_length=50, blank=True)
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("评委替换")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(out=F("into")), name="change_two_seats"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")), name="change_two_officers"
            ),
        ]


class Draft(models.Model):
    """What a judge has put down and not submitted; `rev` rises with each save."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="drafts")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="drafts")
    marks = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("评分草稿")
        constraints = [models.UniqueConstraint(fields=["slot", "seat"], name="draft_once")]


class Reopening(models.Model):
    """The chief judge lets a submitted sheet be marked anew, once, for a reason."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="reopenings")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.CharField(_("原因"), max_length=200)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("更正许可")
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "seat"], condition=Q(used_at=None), name="reopening_open_once"
            ),
        ]


class Sheet(models.Model):
    """One judge's marks of one contestant, submitted once; a correction is the next version.

    `token` is of the form that brought it: the same form again is answered, not kept twice.
    """

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="sheets")
    version = models.PositiveSmallIntegerField(default=1)
    standing = models.BooleanField(default=True)
    source = models.CharField(max_length=8, choices=SheetSource.choices)
    remark = models.TextField(_("评语"), blank=True)
    reopening = models.OneToOneField(
        Reopening, on_delete=models.PROTECT, null=True, related_name="sheet"
    )
    token = models.CharField(max_length=36, blank=True)
    by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("评分表")
        constraints = [
            models.UniqueConstraint(fields=["slot", "seat", "version"], name="sheet_version"),
            models.UniqueConstraint(
                fields=["slot", "seat"], condition=Q(standing=True), name="sheet_standing_once"
            ),
        ]


class Mark(models.Model):
    """One line of a sheet: an exact decimal, a grade's word, or 1 and 0 of a step."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    line = models.CharField(max_length=96)
    value = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("分数")
        constraints = [models.UniqueConstraint(fields=["sheet", "line"], name="mark_line")]


class Timing(models.Model):
    """How long somebody was on stage, by the server's clock or a stopwatch; `seconds` is exact."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="timings")
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    seconds = models.CharField(max_length=12, blank=True)
    how = models.CharField(max_length=8, choices=TimingHow.choices)
    reason = models.CharField(max_length=200, blank=True)
    standing = models.BooleanField(default=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("计时")
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(standing=True), name="timing_standing_once"
            ),
        ]


class Count(models.Model):
    """What is counted beside the marks: `penalty:NAME`, `bonus:NAME`, `key:NAME` of the rules."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="counts")
    line = models.CharField(max_length=96)
    value = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)
    standing = models.BooleanField(default=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("扣分和加分")
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "line"], condition=Q(standing=True), name="count_standing_once"
            ),
        ]


class PaperEntry(models.Model):
    """A paper sheet as one person keyed it, without seeing what another keyed.

    `judge` is the judge's account: whoever marked does not key. The third sees both.
    """

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="paper_entries")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="paper_entries")
    version = models.PositiveSmallIntegerField()
    judge = models.CharField(max_length=64, blank=True)
    keyer = models.CharField(max_length=64)
    keyer_name = models.CharField(max_length=50)
    third = models.BooleanField(default=False)
    marks = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("纸质评分录入")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "seat", "version", "keyer"], name="paper_keyer_once"
            ),
            models.CheckConstraint(condition=~Q(keyer=F("judge")), name="paper_keyer_no_judge"),
        ]


class Material(models.Model):
    """Pictures, video or pages that a contestant shows; frozen with the file's SHA-256.

    `pages` are a PDF's, made into pictures by a job: none yet, or 0 where they cannot be made.
    """

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="materials")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=MaterialState.choices, default=MaterialState.HANDED
    )
    sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    handed_at = models.DateTimeField()
    checked_by = models.CharField(max_length=64, blank=True)
    checked_name = models.CharField(max_length=50, blank=True)
    checked_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("展示材料")
        ordering = ["pk"]


class MaterialPage(models.Model):
    """A page of a PDF as a picture (WebP), as the stage shows it."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    picture = models.BinaryField()

    class Meta:
        verbose_name = _("展示页")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="material_page_once")
        ]
