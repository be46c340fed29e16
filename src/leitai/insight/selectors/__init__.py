"""Reads of statistics: a unit's table, its weeks, topics and people."""

from leitai.insight.selectors.boards import BoardsPage, boards_page, unit_boards
from leitai.insight.selectors.pages import (
    Ground,
    Table,
    first_unit,
    get_ground,
    table_of,
)
from leitai.insight.selectors.people import PeoplePage, people_page
from leitai.insight.selectors.reports import (
    ReportPage,
    ReportsPage,
    copies_of,
    file_of,
    file_stem,
    first_draft,
    get_copy,
    get_issued,
    get_report,
    get_season_of_desk,
    get_season_of_reports,
    official_of,
    report_page,
    reports_page,
)
from leitai.insight.selectors.rubrics import RubricPage, WhyPage, rubric_page, rubrics_of, why_page
from leitai.insight.selectors.topics import TopicsPage, topics_page, topics_under
from leitai.insight.selectors.weeks import WeeksPage, weeks_page

__all__ = [
    "BoardsPage",
    "Ground",
    "PeoplePage",
    "ReportPage",
    "ReportsPage",
    "RubricPage",
    "Table",
    "TopicsPage",
    "WeeksPage",
    "WhyPage",
    "boards_page",
    "copies_of",
    "file_of",
    "file_stem",
    "first_draft",
    "first_unit",
    "get_copy",
    "get_ground",
    "get_issued",
    "get_report",
    "get_season_of_desk",
    "get_season_of_reports",
    "official_of",
    "people_page",
    "report_page",
    "reports_page",
    "rubric_page",
    "rubrics_of",
    "table_of",
    "topics_page",
    "topics_under",
    "unit_boards",
    "weeks_page",
    "why_page",
]
