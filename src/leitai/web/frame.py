"""The frame around a page: which season it belongs to, and the ways that its reader may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.bank.rules import can_see_bank, is_own_contest
from leitai.base.actor import NOBODY, Actor
from leitai.base.words import listed
from leitai.insight.rules import figure_paths
from leitai.insight.selectors import unit_boards
from leitai.judging.rules import can_watch as can_watch_judging
from leitai.kernel.errors import DomainError
from leitai.ledger.rules import HOUSE, can_audit, can_read_chain
from leitai.live.rules import can_see_matches
from leitai.messages.rules import can_see_complaints
from leitai.messages.selectors import unread_count
from leitai.newsroom.rules import can_see_newsroom, hands_in_somewhere
from leitai.newsroom.selectors import Foot, foot_of
from leitai.newsroom.selectors import count_waiting as count_news
from leitai.notices.rules import can_handle, can_see_notices
from leitai.orders import selectors as orders
from leitai.orders.rules import acting_paths, can_see_desk
from leitai.people.enums import BULK_HOLDERS, Role
from leitai.people.rules import (
    can_reset_anybody,
    can_see_appointments,
    can_see_committees,
    duty_paths,
    keeper_paths,
    pass_paths,
    reader_paths,
)
from leitai.registration.rules import registers_somewhere, takes_registrations, takes_teams
from leitai.results.models import StageResult
from leitai.results.selectors import published_stages
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.rules import (
    FOUNDERS,
    can_follow_local,
    can_see_draw_desk,
    can_see_office,
)
from leitai.seasons.selectors.local import local_stages
from leitai.sittings.rules import can_watch_exams
from leitai.units.rules import browses_units, can_see_delegations
from leitai.web import portal
from leitai.web.light.ways import contest_pages
from leitai.web.naming import SeasonNames

# Those who propose or approve deeds of two officers.
_OFFICERS = frozenset({*BULK_HOLDERS, Role.CHIEF_INVIGILATOR}) - {
    Role.ITEM_WRITER,
    Role.ITEM_REVIEWER,
}


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of a navigation. `count` is how many things wait there, 0 for none."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class SeasonBox:
    """`url` is the season's public home page, once it was opened."""

    label: str
    note: str
    url: str = ""


class Frame:
    """Worked out from the request's actor and the season that its address names."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", NOBODY)

    @cached_property
    def _code(self) -> str:
        """Of the season whose page this is: by its address, or as the front page says."""
        match = getattr(self.request, "resolver_match", None)
        named = match.kwargs.get("season") if match else None
        return str(named or getattr(self.request, "shown_season", ""))

    @cached_property
    def season(self) -> Season | None:
        """The season in the address; on the house's own pages, the one that the reader serves."""
        try:
            return seasons.get_season(self._code) if self._code else portal.season_of(self.actor)
        except DomainError:  # an unknown season's own page says so
            return None

    @cached_property
    def rulebook(self) -> Rulebook | None:
        return seasons.rulebook_of(self.season) if self.season else None

    @property
    def actor_name(self) -> str:
        return self.actor.name

    @property
    def actor_role(self) -> str:
        season = self.season.code if self.season else ""
        return listed(Role(role).label for role in portal.roles_of(self.actor, season))

    @cached_property
    def my_home(self) -> str:
        return reverse("web:home") if self.actor.known else ""

    @cached_property
    def complain_url(self) -> str:
        """投诉建议, of the season whose page this is; asks the database nothing."""
        return reverse("messages:complain") + (f"?season={self._code}" if self._code else "")

    @cached_property
    def inbox_url(self) -> str:
        return reverse("messages:inbox") if self.actor.known else ""

    @cached_property
    def unread(self) -> int:
        """How many messages wait; one query, on pages that show it."""
        return unread_count(self.actor.account) if self.actor.known else 0

    @property
    def outside(self) -> list[Way]:
        """Other ways to sign in, as the installation's settings name them."""
        apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
        return [
            Way(one["name"], reverse("openid_connect_login", args=[one["provider_id"]]))
            for one in apps
        ]

    @property
    def account_url(self) -> str:
        return reverse("people:account")

    @property
    def office_home(self) -> str:
        return reverse("web:home")

    @property
    def organiser(self) -> str:
        return self.rulebook.host.name if self.rulebook and self.rulebook.host else ""

    @property
    def office_season(self) -> SeasonBox | None:
        if self.rulebook is None:
            return None
        label = _("%(year)s年度赛季") % {"year": self.rulebook.year}
        if is_own_contest(self.rulebook.id):
            label = _("本地比赛")
        opened = self.season is not None and self.season.state != SeasonState.DRAFT
        home = self._way("", "newsroom:home", self.season.code) if self.season and opened else None
        name = self.rulebook.short_title or self.rulebook.title
        return SeasonBox(label, name, home.url if home else "")

    @property
    def season_closed(self) -> bool:
        """Whether the page's season is over: what it refuses then is not offered on its pages."""
        return self.season is not None and bool(self._code) and seasons.is_closed(self.season)

    @cached_property
    def season_names(self) -> SeasonNames:
        """Titles of seasons for the pages of lower rooms, which know their codes alone."""
        return SeasonNames()

    @cached_property
    def office_nav(self) -> list[Way]:
        if self.season is None or not is_own_contest(self.season.code):
            ways = [*self._season_ways(), *self._house_ways()]
        else:  # a contest of one's own is no season of a province
            ways = list(self._contest_ways(self.season) if self._code else self._house_ways())
        nearest = max((way.url for way in ways if way.current), key=len, default="")
        return [replace(way, current=way.url == nearest) for way in ways]

    @cached_property
    def public_nav(self) -> list[Way]:
        """Where the public may go from here; on pages of no season, what the house has."""
        if self.season is None or not self._code:
            return self._house_nav()
        code = self.season.code
        ways = [self._home_way(code), self._way(_("赛事安排"), "seasons:public", code)]
        if self.rulebook and self.rulebook.practice:
            ways.append(self._way(_("练习"), "practice:today", code))
        if self.published:
            match = getattr(self.request, "resolver_match", None)
            stage = match.kwargs.get("stage") if match else None
            shown = stage or self.published[-1].stage.code
            ways.append(self._way(_("成绩与晋级"), "results:public", code, shown))
        ways.append(self._way(_("公示公告"), "notices:public", code))
        ways.append(self._way(_("新闻"), "newsroom:news", code))
        ways.append(self._way(_("竞赛规则"), "seasons:rules", code))
        if self.rulebook and unit_boards(self.rulebook.practice):
            ways.append(self._way(_("练兵情况"), "insight:boards", code))
        ways.append(self._way(_("证书查验"), "certificates:lookup"))
        return [way for way in ways if way]

    def _home_way(self, code: str) -> Way | None:
        """The season's home page; `/` itself shows that of the season that is on."""
        way = self._way(_("首页"), "newsroom:home", code)
        here = way is not None and self.request.path in {way.url, reverse("web:front")}
        return replace(way, current=here) if way else None

    def _house_nav(self) -> list[Way]:
        ways = [
            self._way(_("首页"), "web:front"),
            self._way(_("证书查验"), "certificates:lookup"),
            self._way(_("进入考室"), "sittings:room"),
        ]
        return [way for way in ways if way]

    @cached_property
    def foot(self) -> Foot:
        """Who stands behind the page; on pages of no season, behind the one that is served."""
        own = self._code or self.actor.appointments
        return foot_of(self.season if own else None)

    @cached_property
    def published(self) -> list[StageResult]:
        return list(published_stages(self.season.code)) if self.season else []

    @cached_property
    def ways(self) -> dict[str, str]:
        """Addresses in higher rooms for the pages of lower ones, which may not name them."""
        found = {
            "room": self._way("", "sittings:room"),
            "lookup": self._way("", "certificates:lookup"),
            "contests": self._way("", "web:contests"),
            "calendar": self._way("", "web:my-calendar"),
            "mine": self._way("", "web:mine"),
        }
        if self.season is not None:
            code = self.season.code
            if hands_in_somewhere(self.actor, code):
                found["write_news"] = self._way("", "newsroom:new", code)
            found["home"] = self._way("", "newsroom:home", code)
            found["exams"] = self._way("", "sittings:exams", code)
            found["notices"] = self._way("", "notices:public", code)
            found["duels"] = self._way("", "duels:lobby", code)
            found["boards"] = self._way("", "insight:boards", code)
            if self.actor.known:
                found["lectures"] = self._way("", "lectures:shelf", code)
                found["training"] = self._way("", "training:mine", code)
            if self.actor.known and self.rulebook and self.rulebook.practice:
                found["practice_exams"] = self._way("", "web:practice-exams", code)
                found["practice_desk"] = self._way("", "web:practice-desk", code)
            if self.published:
                last = self.published[-1].stage.code
                found["results"] = self._way("", "results:public", code, last)
            for stage in self.rulebook.stage_order if self.rulebook else ():
                found[f"results-{stage}"] = self._way("", "results:office", code, stage)
        return {name: way.url for name, way in found.items() if way}

    @cached_property
    def foot_nav(self) -> list[Way]:
        ways = [
            self._way(_("首页"), "web:front"),
            self._way(_("证书查验"), "certificates:lookup"),
            self._way(_("进入考室"), "sittings:room"),
            self._way(_("开放数据"), "api:root"),
            self._way(_("我的账号"), "people:account") if self.actor.known else None,
        ]
        return [way for way in ways if way]

    def _season_ways(self) -> Iterator[Way]:
        if self.season is None or self.rulebook is None or not self.actor.known:
            return
        code, host = self.season.code, seasons.host_path(self.season)
        if can_see_office(self.actor, code, host):
            yield from self._ways((_("总览"), "home", "seasons:office", code))
        yield from self._order_ways(self.season)
        yield from self._practice_ways(self.rulebook, code, host)
        if can_see_office(self.actor, code, host):
            yield from self._list_ways(self.rulebook, code)
        if can_watch_exams(self.actor, code, host):
            yield from self._ways((_("考务"), "grid", "sittings:exams", code))
        yield from self._stage_ways(self.rulebook, code, host)
        if can_see_office(self.actor, code, host):
            yield from self._ways((_("成绩办理"), "chart", "results:desk", code))
            for name, stage in self.rulebook.stages.items():
                label = _("%(stage)s成绩") % {"stage": stage.title}
                yield from self._ways((label, "chart", "results:office", code, name))
            yield from self._ways((_("奖项与证书"), "medal", "certificates:office", code))
            yield from self._ways((_("材料打印"), "print", "paperwork:desk", code))
            if not is_own_contest(code):
                yield from self._ways((_("数据接口"), "link", "api:tokens", code))
        yield from self._notice_ways(code, host)
        yield from self._news_ways(code, host)
        if can_see_draw_desk(self.actor, code, host):
            yield from self._ways((_("抽签"), "swap", "seasons:draws-office", code))
        if can_see_committees(self.actor, code):
            yield from self._ways((_("组织机构"), "people", "people:committees", code))
        if pass_paths(self.actor, code):
            yield from self._ways((_("当日通行证"), "qr", "people:passes", code))
        if can_see_delegations(self.actor, code):
            yield from self._ways((_("代表队"), "flag", "units:delegations", code))
        yield from self._local_ways(self.rulebook, code, host)
        if can_read_chain(self.actor, code, host):
            yield from self._ways((_("监督"), "eye", "web:supervision", code))
            yield from self._ways((_("操作留痕"), "shield", "ledger:chain", code))

    def _list_ways(self, law: Rulebook, code: str) -> Iterator[Way]:
        """Who competes: people whose forms are reviewed, and teams."""
        if takes_registrations(law):
            yield from self._ways((_("报名审核"), "check", "registration:desk", code))
        if takes_teams(law):
            yield from self._ways((_("参赛队伍"), "people", "registration:teams", code))

    def _stage_ways(self, law: Rulebook, code: str, host: str) -> Iterator[Way]:
        """The day of the final, where the rules have something for a stage."""
        judged = any(event.judging for event in law.events.values())
        if judged and can_watch_judging(self.actor, code, host):
            yield from self._ways((_("评委评分"), "scales", "judging:events", code))
        quizzes = any(event.live for event in law.events.values())
        if quizzes and can_see_matches(self.actor, code, host):
            yield from self._ways((_("抢答与对抗"), "bell", "live:matches", code))

    def _contest_ways(self, season: Season) -> Iterator[Way]:
        """Of a contest that one person holds: its own few pages, and the way back to all."""
        yield from self._ways(*contest_pages(self.actor, season))
        yield from self._founding_ways()
        yield from self._ways((_("工作首页"), "left", "web:home"))

    def _practice_ways(self, law: Rulebook, code: str, host: str) -> Iterator[Way]:
        """What the year between contests needs: figures, questions, lectures, training."""
        if law.practice and figure_paths(self.actor, code):
            yield from self._ways((_("参学统计"), "chart", "insight:home", code))
        if law.practice and can_see_office(self.actor, code, host):
            yield from self._ways((_("练习题库"), "book", "practice:shelf", code))
            yield from self._ways((_("外部平台数据"), "upload", "practice:outside", code))
            yield from self._ways((_("练习核查"), "eye", "practice:watch", code))
            yield from self._ways((_("练兵考试"), "clock", "web:practice-desk", code))
            yield from self._ways((_("视频讲座"), "book", "lectures:desk", code))
        if can_see_office(self.actor, code, host) and not is_own_contest(code):
            yield from self._ways((_("集训"), "people", "training:desk", code))

    def _order_ways(self, season: Season) -> Iterator[Way]:
        """Orders sent, with how many hand-ins to review; orders received, with how many wait."""
        if can_see_desk(self.actor, season.code):
            to_review = orders.count_to_review(self.actor, season)
            for way in self._ways((_("通知报送"), "paper", "orders:desk", season.code)):
                yield replace(way, count=to_review)
        if acting_paths(self.actor, season.code):
            waiting = orders.count_waiting(self.actor, season.code)
            for way in self._ways((_("待办通知"), "check", "orders:inbox", season.code)):
                yield replace(way, count=waiting)

    def _local_ways(self, law: Rulebook, code: str, host: str) -> Iterator[Way]:
        """What a delegation holds for itself, and whom it sends."""
        if can_follow_local(self.actor, code, host):
            for name, stage in local_stages(law):
                yield from self._ways((stage.title, "flag", "seasons:local", code, name))
        if registers_somewhere(self.actor, code) and takes_registrations(law):
            yield from self._ways((_("报名"), "edit", "registration:unit", code))
        if registers_somewhere(self.actor, code) and takes_teams(law):
            yield from self._ways((_("参赛队伍"), "people", "registration:teams", code))
        if self.actor.has(Role.UNIT_MANAGER, season=code):
            yield from self._ways((_("本单位选手"), "people", "web:unit", code))

    def _notice_ways(self, code: str, host: str) -> Iterator[Way]:
        """What is made public for a term, and what is said against it."""
        if can_see_notices(self.actor, code, host):
            yield from self._ways((_("公示公告"), "paper", "notices:office", code))
        if can_handle(self.actor, code, host):
            yield from self._ways((_("异议申诉"), "scales", "notices:objections", code))

    def _news_ways(self, code: str, host: str) -> Iterator[Way]:
        """The publicity desk, to its people with how many pieces wait; what a unit hands in."""
        if can_see_newsroom(self.actor, code, host):
            waiting = count_news(code) if self.actor.has(Role.PUBLICITY, season=code) else 0
            for way in self._ways((_("宣传信息"), "message", "newsroom:desk", code)):
                yield replace(way, count=waiting)
        if hands_in_somewhere(self.actor, code):
            yield from self._ways((_("报送信息"), "upload", "newsroom:mine-all", code))

    def _house_ways(self) -> Iterator[Way]:
        yield from self._founding_ways()
        if browses_units(self.actor):
            yield from self._ways((_("单位"), "list", "units:units"))
        if reader_paths(self.actor):
            yield from self._ways((pgettext("nav", "人员"), "people", "people:people"))
        if duty_paths(self.actor):
            yield from self._ways((_("单位管理员与领队"), "person", "people:duties"))
        if reader_paths(self.actor):
            yield from self._ways((_("花名册"), "check", "people:rosters"))
        if keeper_paths(self.actor) or can_reset_anybody(self.actor):
            yield from self._ways((_("启用单与密码"), "lock", "people:slips"))
        if any(held.role in _OFFICERS for held in self.actor.appointments):
            yield from self._ways((_("两人办理"), "people", "ledger:acts"))
        if can_audit(self.actor):
            yield from self._ways((_("操作留痕"), "shield", "ledger:chain", HOUSE))
        if can_see_appointments(self.actor):
            yield from self._ways((_("任命总表"), "list", "people:appointments"))
        if can_see_complaints(self.actor):
            yield from self._ways((_("投诉建议"), "message", "messages:complaints"))
        if can_see_bank(self.actor):
            yield from self._ways((_("题库"), "book", "bank:banks"))
        if portal.can_begin_seasons(self.actor):
            yield from self._ways((_("建立赛季"), "plus", "seasons:begin"))
        if portal.can_operate(self.actor):
            yield from self._ways((_("系统状态"), "computer", "web:state"))
        yield from self._own_ways()

    def _own_ways(self) -> Iterator[Way]:
        if self.actor.appointments:
            yield from self._ways((_("我的日历"), "calendar", "web:my-calendar"))
        if self.season and self.rulebook and self.rulebook.practice:
            yield from self._ways((_("练习"), "edit", "practice:today", self.season.code))
        if self.actor.person:
            yield from self._ways((_("我的比赛"), "person", "web:mine"))

    def _founding_ways(self) -> Iterator[Way]:
        if any(held.role in FOUNDERS for held in self.actor.appointments):
            yield from self._ways((_("办一场本地比赛"), "medal", "web:contests"))

    def _ways(self, *ways: tuple[str, ...]) -> Iterator[Way]:
        for label, icon, name, *arguments in ways:
            way = self._way(label, name, *arguments, icon=icon)
            if way:
                yield way

    def _way(self, label: str, name: str, *arguments: str, icon: str = "") -> Way | None:
        """None where the house is built without that room."""
        try:
            url = reverse(name, args=arguments)
        except NoReverseMatch:
            return None
        match = getattr(self.request, "resolver_match", None)
        here = match.namespaces[0] if match and match.namespaces else ""
        same_room = here == name.partition(":")[0] and here not in {"web", "seasons"}
        inside = same_room and self.request.path.startswith(url)
        return Way(label, url, icon, current=self.request.path == url or inside)
