"""What the public sees of the finished season: a list open to objections, news, its face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leitai.base.actor import NOBODY, Actor
from leitai.files import services as files
from leitai.newsroom import services as newsroom
from leitai.newsroom.assets import KIND
from leitai.newsroom.issues import Issue
from leitai.newsroom.models import Article, Item
from leitai.newsroom.services import Face, Pictures, Placed, Said, Words
from leitai.notices import services as notices
from leitai.notices.enums import NoticeKind
from leitai.notices.services import Claim, Draft
from leitai.notices.terms import HOUSE
from leitai.people.enums import Role
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.units import selectors as unit_reads
from leitai.units.models import Unit
from leitai.web.demonstration import painting
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.posting import brought
from leitai.web.demonstration.staging import Staff, at_desk, manager_of

EDITOR = Staff("publicity", "云舒", Role.PUBLICITY)
HOUR = timedelta(hours=1)
OBJECTION = (
    "名单中“岗位练兵明星”一项，本市第3名与第4名的先后与公布的成绩不符，请核对多项选择题得分。"
)
OVER = "演示：赛程已经走完。"
LACKING = "请补充讲堂的内容、成效和照片，并说明出镜人员是否同意。"
DRILL = "本市20名选手参加模拟比试，重点检查断网续答、换机续考等环节，全部按时交卷。"
TOWN = "考试机随“流动服务车”开到乡镇，32名乡镇、村级窗口人员就近参加选拔。"
LIST = "截至上月底，全市窗口人员累计答题41万道次，现发布练兵积分前100名人员名单。"
TALK = "6名往届选手组成讲师组，每周到一个大厅讲一条政策、答十个问题。"
LOOKED_INTO = "已调取两名选手的答题记录和阅卷结果，多项选择题得分与公布的一致，正在核对答题用时。"
FACE = Face(
    host_words="主办：四川省人力资源和社会保障厅　承办：省人事人才考试测评基地",
    welcome="练兵比武强技能，人社服务树新风。全省五级窗口同台练兵，成绩、名单、抽签人人可以查验。",
    telephone="028-00000000",
    hours="工作日9:00至17:00",
    address="成都市（演示地址）",
    banner_alt="晨雾中的群山",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a unit wrote, `ago` days back, and what the desk made of it; `of` is a delegation."""

    title: str
    text: str
    ago: int
    fate: str  # waiting, returned, adopted, published
    picture: str = ""
    alt: str = ""
    of: int = 0


PIECES = (
    Piece(
        "窗口就是赛场：综合服务大厅开展“周周练”现场观摩",
        "大厅把每周三下午定为“周周练”现场观摩时间，前台、后台人员轮流上台演示办件流程。\n"
        "两个月来共观摩9场，查找流程问题23个，当场改进17个。群众平均等候时间比上月缩短4分钟。",
        6,
        "published",
        "hall",
        "服务大厅的三个窗口，工作人员正在为群众办理业务",
    ),
    Piece(
        "市（州）选拔赛结束，选手名单已确认",
        "选拔赛采取统一在线比试，考场全程监督。成绩公布后，各市（州）选手代表参加了核对。\n"
        "下一步，入选选手将参加集中备赛。",
        4,
        "published",
        "room",
        "选手在机房参加在线比试，前方是红色横幅",
        of=1,
    ),
    Piece(
        "一名窗口人员的练兵笔记",
        "从业务生手到“日日学之星”，她把每天答错的题抄在一个本子上，三个月写满了两本。\n"
        "同事们说，遇到拿不准的政策，先翻她的本子。",
        2,
        "adopted",
        "hall",
        "服务大厅的三个窗口",
    ),
    Piece("总决赛选手开展模拟比试", DRILL, 1, "waiting", "room", "选手在机房参加模拟比试"),
    Piece("把考场搬到乡镇便民服务中心", TOWN, 1, "waiting", "room", "选手在乡镇考场答题", of=2),
    Piece("练兵积分前100名人员名单发布", LIST, 2, "waiting", of=3),
    Piece(
        "“金牌讲师”进大厅，政策解读到窗口", TALK, 3, "waiting", "hall", "讲师在窗口讲解政策", of=4
    ),
    Piece("我市组织业务技能讲堂", "讲堂共办6期，参加人员380人次。", 1, "returned", of=5),
)


@dataclass(frozen=True, slots=True)
class Newsroom:
    season: Season
    teams: Sequence[Unit]
    manager: Actor  # of the first delegation
    editor: Actor
    at: datetime

    def unit_of(self, piece: Piece) -> Unit:
        return self.teams[piece.of % len(self.teams)]

    def writer_of(self, piece: Piece) -> Actor:
        if self.unit_of(piece) == self.teams[0]:
            return self.manager
        return manager_of(self.unit_of(piece).code, self.season.code, Chance("press/writer"))


def stage_press(
    season: Season, *, manager: Actor, editor: Actor, staff: Mapping[Role, Actor], at: datetime
) -> None:
    """Make sure of all of it."""
    if season.notices.exists():
        return
    _close(season, staff[Role.OFFICE], at)
    _notice(season, staff[Role.OFFICE], staff[Role.SUPERVISOR], at)
    teams = [team.unit for team in unit_reads.list_delegations(season.code)]
    room = Newsroom(season, teams, manager, editor, at)
    made = [_piece(room, number, piece) for number, piece in enumerate(PIECES)]
    _bulletin(room, [article for article in made if article is not None][:2])
    banner = _upload(editor, "群山.jpg", painting.banner(), at)
    newsroom.set_face(actor=editor, season=season, face=FACE, uploads=[banner], at=at)


def _close(season: Season, office: Actor, at: datetime) -> None:
    """The season has been run: what its calendar still holds open ends now."""
    for stage in season_reads.rulebook_of(season).stages.values():
        window = season_reads.window_for(season, stage.window) if stage.window else None
        if window is not None and window.closes_at > at:
            seasons.set_window(
                actor=office,
                season=season,
                name=window.name,
                opens_at=window.opens_at,
                closes_at=at,
                reason=OVER,
                at=at,
            )


def _notice(season: Season, office: Actor, supervisor: Actor, at: datetime) -> None:
    """Those who shall get an award, for five days; somebody objects."""
    stage = season.stages.order_by("-position")[0].code
    draft = Draft(
        NoticeKind.PERIOD,
        "全省总决赛拟获奖名单公示",
        "现将全省总决赛拟获奖单位和个人予以公示。公示期内，任何单位和个人如有异议，可以实名提出。",
        subject=f"awards:{stage}",
        within=5,
        channel="厅门户网站“通知公告”栏、本系统公示页面",
        contact="赛事监督组，电话028-00000000，地址：成都市（演示地址）",
    )
    began = at_desk(at, -2)
    made = notices.draft_notice(actor=office, season=season, draft=draft, at=began)
    held = notices.publish_notice(actor=office, notice=made, at=began)
    claim = Claim(
        f"{HOUSE}objection",
        f"notice:{held.number}",
        OBJECTION,
        UUID(bytes=Chance("press/objection").bytes(16)),
        name="苏观复",
        phone="19900008001",
    )
    filed = notices.file_objection(actor=NOBODY, season=season, claim=claim, at=at_desk(at, -2, 15))
    told: dict[str, Any] = {"actor": supervisor, "objection": filed.objection}
    notices.accept_objection(**told, at=at_desk(at, -1, 10))
    notices.note_handling(**told, text=LOOKED_INTO, at=at_desk(at, -1, 16))


def _piece(room: Newsroom, number: int, piece: Piece) -> Article | None:
    """Written, handed in, and as far as its fate says; the article that it became."""
    writer, told = room.writer_of(piece), at_desk(room.at, -piece.ago)
    item = _write(room, number, piece, writer, told)
    newsroom.hand_in_item(actor=writer, item=item, at=told)
    if piece.fate == "returned":
        newsroom.return_item(actor=room.editor, item=item, reason=LACKING, at=told + HOUR)
    if piece.fate not in ("adopted", "published"):
        return None
    article = newsroom.adopt_item(actor=room.editor, item=item, at=told + HOUR)
    if piece.fate == "published":
        newsroom.publish_article(actor=room.editor, article=article, at=told + 2 * HOUR)
    return article


def _write(room: Newsroom, number: int, piece: Piece, writer: Actor, at: datetime) -> Item:
    words, said = Words(piece.title, piece.text, "文、图：本单位"), Said("nobody")
    uploads: Sequence[str] = ()
    if piece.picture:
        draw = painting.hall if piece.picture == "hall" else painting.room
        uploads = [_upload(writer, "现场.jpg", draw(Chance("press/picture", number)), at)]
    item = newsroom.create_item(
        actor=writer,
        season=room.season,
        unit=room.unit_of(piece),
        kind="pictures" if uploads else "text",
        words=words,
        said=said,
        uploads=uploads,
        at=at,
    )
    if not uploads:
        return item
    told = {one.pk: Placed(piece.alt) for one in item.versions.get().media.all()}
    return newsroom.edit_item(
        actor=writer,
        item=item,
        kind=item.kind,
        words=words,
        said=said,
        pictures=Pictures(told),
        at=at,
    )


def _bulletin(room: Newsroom, articles: Sequence[Article]) -> None:
    at = at_desk(room.at, -1, 11)
    issue = Issue(
        heading="练兵比武简报",
        number=1,
        total=1,
        day=at.date(),
        body="练兵比武活动宣传报道组",
        to="各市（州）人力资源和社会保障局",
        copies="厅领导，厅属有关处室（单位）",
    )
    made = newsroom.create_bulletin(
        actor=room.editor, season=room.season, issue=issue, articles=articles, at=at
    )
    newsroom.publish_bulletin(actor=room.editor, bulletin=made, at=at)


def _upload(actor: Actor, name: str, content: bytes, at: datetime) -> str:
    return files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=KIND,
        owner="",
        tokens=(),
        plain=[brought(name, content)],
        at=at,
    )[0]
