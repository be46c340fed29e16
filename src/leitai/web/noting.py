"""The newest public notices for a season's home page: two rooms that know nothing of each other."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from leitai.newsroom.selectors import Note
from leitai.notices.selectors import latest_public
from leitai.seasons.models import Season


def newest_notices(season: Season, at: datetime, most: int) -> list[Note]:
    return [
        Note(
            title=one.notice.title,
            url=reverse("notices:public-one", args=[season.code, one.notice.number]),
            day=one.notice.opens_at or at,
        )
        for one in latest_public(season, at=at, most=most)
    ]
