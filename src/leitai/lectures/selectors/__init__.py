"""Reads of lectures: the desk's, the learner's, and the questions that may be asked."""

from leitai.lectures.selectors.asking import (
    Asked,
    AskingPage,
    asked_of,
    asking_page,
    get_question,
    items_of_season,
)
from leitai.lectures.selectors.desk import (
    Desk,
    desk_of,
    get_lecture_of_desk,
    get_season_of_desk,
    kinds_of,
)
from leitai.lectures.selectors.learning import (
    LecturePage,
    LectureRow,
    Shelf,
    get_lecture_for,
    lecture_page,
    shelf_for,
)

__all__ = [
    "Asked",
    "AskingPage",
    "Desk",
    "LecturePage",
    "LectureRow",
    "Shelf",
    "asked_of",
    "asking_page",
    "desk_of",
    "get_lecture_for",
    "get_lecture_of_desk",
    "get_question",
    "get_season_of_desk",
    "items_of_season",
    "kinds_of",
    "lecture_page",
    "shelf_for",
]
