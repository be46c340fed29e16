"""A season whose rules count lectures, its office, films of a known length, and a practice bank."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from leitai import rulebook
from leitai.bank import services as bank
from leitai.bank.models import Bank, Item
from leitai.base.actor import Actor
from leitai.files import services as files
from leitai.lectures import services
from leitai.lectures.media import VIDEO
from leitai.lectures.models import Lecture
from leitai.lectures.services import Report, Words
from leitai.people.models import Account
from leitai.practice.models import Shelf
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.units import services as delegating
from tests.factories import people as make
from tests.factories.results import TEXT
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.files.content import box

AT = datetime(2022, 4, 11, 1, 0, tzinfo=UTC)  # 9:00 in the office
CODE = "small-contest"
OFFICE = make.actor("office", season=CODE, unit="51/", account="900020")
PRACTICE = """
practice:
  title: 学习积分
  ledgers:
    points: {title: 学习积分}
  acts:
    video:
      title: 收看视频
      once: {per: day}
      credits: [{ledger: points, points: "1", caps: {day: "6"}}]
    video-time:
      title: 视频学习时长
      figures:
        minutes: {title: 时长, unit: 分钟, most: "1440"}
      credits: [{ledger: points, each: "1", per: "2", caps: {day: "10"}}]
    quiz:
      title: 答题
      exercise: {questions: 5}
      figures:
        right: {title: 答对, unit: 题, most: "5", required: true}
      credits: [{ledger: points, each: "1"}]

visibility:"""
LENGTH = 300  # seconds of the film
WORDS = Words(
    "失业保险金申领",
    "案例视频讲座",
    module="社会保险",
    chapters="0:00 开场\n03:20 申领条件",
    transcript="[0:00] 今天讲申领。\n[3:20] 先看条件。",
)
ITEMS = """题型,题干,选项A,选项B,选项C,选项D,答案,模块,解析
单选,失业保险金由谁申领？,本人,单位,街道,学校,A,社会保险,由本人申领。
判断,失业保险金可以网上申领。,,,,,正确,社会保险,
"""


def open_season(practice: str = PRACTICE) -> Season:
    load_packaged()
    text = TEXT.replace("\nvisibility:", practice)
    season = seasons.create_season(actor=HOUSE, rulebook=text, at=make.SINCE)
    law = rulebook.load(text)
    delegating.make_delegations(actor=OFFICE, season_code=CODE, rulebook=law, at=make.SINCE)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=OFFICE, season=season, key=key, at=make.SINCE)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE,
            season=season,
            name=name,
            opens_at=make.SINCE,
            closes_at=make.SINCE + timedelta(days=150),
            at=make.SINCE,
        )
    return seasons.open_season(actor=OFFICE, season=season, at=make.SINCE)


def film_of(seconds: int, scale: int = 600) -> bytes:
    """An mp4 whose header says so many seconds."""
    times = struct.pack(">IIIII", 0, 0, 0, scale, seconds * scale)
    header = box(b"mvhd", times + b"\0" * 80)
    parts = [box(b"ftyp", b"isom\0\0\2\0isom"), box(b"moov", header), box(b"mdat", b"\1" * 80)]
    return b"".join(parts)


def uploaded(content: bytes, name: str = "讲座.mp4", kind: str = VIDEO) -> str:
    return files.take_posted(
        actor=OFFICE,
        holder=OFFICE.account,
        kind=kind,
        owner="",
        tokens=(),
        plain=[SimpleUploadedFile(name, content)],
        at=AT,
    )[0]


def drafted(season: Season, words: Words = WORDS, seconds: int = LENGTH) -> Lecture:
    return services.create_lecture(
        actor=OFFICE, season=season, words=words, videos=[uploaded(film_of(seconds))], at=AT
    )


def published(season: Season, words: Words = WORDS, items: tuple[Item, ...] = ()) -> Lecture:
    lecture = drafted(season, words)
    for item in items:
        services.add_question(actor=OFFICE, lecture=lecture, item=item.pk)
    return services.publish_lecture(actor=OFFICE, lecture=lecture, at=AT)


def stocked() -> tuple[Item, ...]:
    """Two questions on the season's shelf: the single choice is A, the other is true."""
    file = io.BytesIO(ITEMS.encode())
    bank.import_items(
        actor=HOUSE,
        bank_code="lx",
        title="练习题库",
        source=file,
        name="lx.csv",
        live=False,
        at=AT,
    )
    held = Bank.objects.get(code="lx")
    Shelf.objects.create(season=CODE, bank=held)
    return tuple(held.items.order_by("number"))


def learner(username: str = "linyuan", unit: str = "5101") -> tuple[Account, Actor]:
    """Somebody of a unit who may sign in."""
    account = make.account(username)
    person = make.people(unit, 1, prefix=username)[0]
    person.account = account
    person.save(update_fields=["account"])
    return account, Actor(str(account.pk), person.name, person.code)


def watch(actor: Actor, lecture: Lecture, *ranges: tuple[int, int], after: int = 0):
    """A report so many seconds after nine o'clock."""
    report = Report(ranges[-1][1] if ranges else 0, ranges)
    at = AT + timedelta(seconds=after)
    return services.report_progress(actor=actor, lecture=lecture, report=report, at=at)
