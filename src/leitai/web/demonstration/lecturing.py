"""A lecture with a film of its own, half watched, and the month's titles on paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from leitai.base.actor import Actor
from leitai.certificates import services as certificates
from leitai.files import services as files
from leitai.lectures import services as lectures
from leitai.lectures.enums import DoneBy
from leitai.lectures.media import VIDEO
from leitai.lectures.models import Lecture
from leitai.lectures.services import Report, Words
from leitai.practice.models import Title
from leitai.practice.selectors.grounds import stock_of, versions_of
from leitai.seasons import selectors as season_reads
from leitai.seasons.models import Season
from leitai.web.demonstration.posting import brought

FILM: Final = Path(__file__).parent / "data" / "lecture.mp4"  # our own: a minute of four pictures
MODULE, ABOUT = "社会保险", "失业保险"
WORDS: Final = Words(
    "失业保险金怎样申领",
    "案例视频讲座",
    module=MODULE,
    speaker="省社会保险局培训教师",
    summary="从一个窗口案例看申领条件和领取期限，一分钟。",
    chapters="0:00 案例\n0:30 三个条件\n0:45 领多久",
    transcript=(
        "[0:00] 失业保险金怎样申领：一个窗口案例。\n"
        "[0:15] 小陈在企业工作四年，合同到期后单位没有续签，单位和本人一直按时缴费。\n"
        "[0:30] 三个条件缺一不可：单位和本人缴费满一年；不是本人要求离开的；"
        "办了失业登记，并有求职要求。\n"
        "[0:45] 领多久看累计缴费时间：满一年不足五年最长十二个月，满五年不足十年最长十八个月，"
        "十年以上最长二十四个月。小陈最长可领十二个月。"
    ),
    done_by=DoneBy.BOTH,
)
WATCHED: Final = 22  # seconds that the visitor has seen


def stage_lecture(season: Season, *, office: Actor, visitor: Actor, at: datetime) -> Lecture:
    """Published the day before, with a question of the practice bank."""
    before = at - timedelta(days=1)
    uploads = files.take_posted(
        actor=office,
        holder=office.account,
        kind=VIDEO,
        owner="",
        tokens=(),
        plain=[brought("失业保险金怎样申领.mp4", FILM.read_bytes())],
        at=before,
    )
    lecture = lectures.create_lecture(
        actor=office, season=season, words=WORDS, videos=uploads, at=before
    )
    lectures.add_question(actor=office, lecture=lecture, item=_question(season))
    lecture = lectures.publish_lecture(actor=office, lecture=lecture, at=before)
    report = Report(WATCHED, [(0, WATCHED)])
    lectures.report_progress(actor=visitor, lecture=lecture, report=report, at=before)
    return lecture


def issue_stars(season: Season, *, office: Actor, at: datetime) -> int:
    """Certificates of the first title of the rules, for its newest period that anybody reached."""
    practice = season_reads.rulebook_of(season).practice
    held = Title.objects.filter(learner__season=season.code, lost_on=None).exclude(
        learner__person=None
    )
    for name in practice.titles if practice else ():
        newest = held.filter(title=name).order_by("-period").first()
        if newest is not None:
            made = certificates.issue_titles(
                actor=office, season=season, name=name, period=newest.period, at=at
            )
            return len(made)
    return 0


def _question(season: Season) -> int:
    """Of the same matter, if the bank has one."""
    versions = versions_of([one.version for one in stock_of(season.code)])
    fitting = [one for one in versions if one.type in {"single", "truefalse"}]
    ranked = sorted(fitting, key=lambda one: (ABOUT not in one.stem, one.module != MODULE, one.pk))
    return ranked[0].item_id
