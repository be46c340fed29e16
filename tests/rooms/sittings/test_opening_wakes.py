"""An early opening wakes the lane: it commits, so it stands apart from what is planted once."""

import pytest
from django.db import connection
from django.utils import timezone

from leitai.ledger import services as ledger
from leitai.sittings import services
from tests import world as worlds
from tests.factories import people as make
from tests.world import HOME


@pytest.mark.django_db(transaction=True)
def test_the_lane_is_woken_by_an_early_opening():
    ahead = worlds.build().home.ahead
    proposal = services.propose_early_opening(
        actor=make.actor("exam_officer", season=HOME),
        exam=ahead,
        reason="赛点断网，须印制纸质试卷",
        at=timezone.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute("LISTEN lane")
    ledger.approve(
        actor=make.actor("office", season=HOME, account="2"), proposal=proposal, at=timezone.now()
    )
    heard = list(connection.connection.notifies(timeout=5, stop_after=1))
    assert [(it.channel, it.payload) for it in heard] == [("lane", ahead.paper.code)]
