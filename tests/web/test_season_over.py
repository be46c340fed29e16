"""The pages of a season that is over: they say so, and offer nothing that would be refused."""

import re
from pathlib import Path

import pytest

import leitai
from leitai.seasons.enums import SeasonState
from tests.world import HOME

pytestmark = pytest.mark.django_db
CLOSING = f"/office/{HOME}/closing/"
ENDED = "本赛季已结束，这里只供查看"
# What a season that is over refuses, by the routes of the forms that ask for it.
REFUSED = {
    "seasons": "assumption calendar open reminders local-own local-results draw-commit draw-compute",
    "orders": "accept accept-all close edit gather pass-on remind return send sign to",
    "registration": "change confirm doubt leave pass pass-many recall return",
    "newsroom": "adopt again article-edit article-publish bulletin-edit bulletin-publish decline",
    "sittings": "cancel exam-new move open-early papers-new seating",
    "results": "compute confirm publish move-up resolve resolve-held",
    "notices": "publish",
}
ROUTES = {f"{room}:{name}" for room, names in REFUSED.items() for name in names.split()}
ACTION = re.compile(r"action=\"\{% url '([^']+)'")


def close(world):
    type(world.home.season).objects.filter(code=HOME).update(state=SeasonState.CLOSED)


@pytest.mark.parametrize("page", ["calendar/", "orders/", "registration/", "results/"])
def test_office_pages_say_that_it_is_over_and_where_it_is_opened_again(page, client, world):
    client.force_login(world.accounts["office"])
    before = client.get(f"/office/{HOME}/{page}").content.decode()
    assert ENDED not in before
    assert "data-lt-closed" not in before
    close(world)
    after = client.get(f"/office/{HOME}/{page}").content.decode()
    assert ENDED in after
    assert '<div class="office" data-lt-closed>' in after
    assert f'href="{CLOSING}"' in after


def test_a_unit_is_told_too_but_not_led_where_it_may_not_go(client, world):
    client.force_login(world.accounts["unit_manager"])
    close(world)
    page = client.get(f"/unit/{HOME}/orders/").content.decode()
    assert ENDED in page
    assert CLOSING not in page


def test_every_form_that_would_be_refused_is_marked_so_that_it_is_not_shown():
    found, bare = set(), []
    for path in Path(leitai.__file__).parent.rglob("templates/**/*.html"):
        for form in re.findall(r"<form[^>]*>", path.read_text(encoding="utf-8")):
            asked = ACTION.search(form)
            if asked and asked[1] in ROUTES and 'method="post"' in form:
                found.add(asked[1])
                if "data-lt-ends" not in form:
                    bare.append((path.name, asked[1]))
    assert bare == []
    assert found == ROUTES
