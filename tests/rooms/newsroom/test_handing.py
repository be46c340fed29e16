"""A unit hands in, gets it back, hands in again; the desk adopts, edits a copy, publishes."""

from dataclasses import replace

import pytest

from leitai.base.actor import NOBODY
from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Message
from leitai.newsroom import assets, selectors, services
from leitai.newsroom.models import Asset, Version
from leitai.newsroom.services import Copy, Pictures, Placed, Said, Words
from tests.rooms.newsroom.desk import (
    AGREED,
    AT,
    CODE,
    DAY,
    DESK,
    NOBODY_SHOWN,
    WORDS,
    adopted,
    clip,
    described,
    handed_in,
    newest,
    open_season,
    photo,
    written,
)

pytestmark = pytest.mark.django_db


def code_of(call, **arguments):
    with pytest.raises(DomainError) as wrong:
        call(**arguments)
    found = wrong.value
    return [one.code for one in found.problems] if isinstance(found, Problems) else found.code


def acts():
    rows = LedgerEntry.objects.filter(chain=CODE, act__startswith="newsroom.")
    return list(rows.order_by("seq").values_list("act", flat=True))


def test_nothing_is_published_before_those_shown_have_consented():
    held = open_season("5101")
    article = adopted(held, said=Said())
    item = article.version.item
    publish = {"actor": DESK, "article": article, "at": AT}
    assert code_of(services.publish_article, **publish) == "newsroom_consent_missing"
    article.refresh_from_db()
    assert article.state == "draft"

    services.record_consent(actor=held.actor("5101"), item=item, said=AGREED, at=AT)
    assert services.publish_article(**publish).state == "published"
    assert acts() == [
        "newsroom.handed_in",
        "newsroom.adopted",
        "newsroom.consent_recorded",
        "newsroom.article_published",
    ]
    told = [entry.payload for entry in LedgerEntry.objects.filter(act__startswith="newsroom.")]
    assert "乔如松" not in str(told)


def test_a_consent_is_recorded_whole_or_not_at_all():
    held = open_season("5101")
    item = handed_in(held, said=Said())
    call = {"actor": held.actor("5101"), "item": item, "at": AT}
    assert code_of(services.record_consent, said=Said("people"), **call) == [
        "newsroom_consent_names",
        "newsroom_consent_how",
        "newsroom_consent_on",
    ]
    late = replace(AGREED, on=(AT + DAY).date())
    assert code_of(services.record_consent, said=late, **call) == ["newsroom_consent_future"]
    assert not newest(item).consented


def test_what_was_returned_comes_back_as_a_second_version_beside_the_first():
    held = open_season("5101")
    item, manager = handed_in(held, said=AGREED), held.actor("5101")
    services.return_item(actor=DESK, item=item, reason="请补充参加人数", at=AT + DAY)
    message = Message.objects.get()
    assert (message.title, message.kind) == ("信息被退回：窗口练兵一周小结", "task")
    assert message.body == "原因：请补充参加人数。请修改后重新报送，原来的一版仍可查阅。"
    assert list(message.deliveries.values_list("account__username", flat=True)) == ["m5101"]

    services.edit_item(
        actor=manager,
        item=item,
        kind="text",
        words=Words("窗口练兵一周小结", "全员32人参加。"),
        said=AGREED,
        pictures=Pictures(),
        at=AT + DAY,
    )
    services.hand_in_item(actor=manager, item=item, at=AT + 2 * DAY)
    item.refresh_from_db()
    assert (item.state, item.handed_in_at) == ("handed-in", AT)
    rows = Version.objects.filter(item=item).order_by("number")
    assert list(rows.values_list("number", "text", "reason")) == [
        (1, "全员参加。\n效果良好。", "请补充参加人数"),
        (2, "全员32人参加。", ""),
    ]
    assert [one.consented for one in rows] == [True, True]


def test_the_copy_is_edited_and_the_original_stays_as_it_was():
    held = open_season("5101")
    article = adopted(held)
    assert (article.title, article.source, article.author) == (
        "窗口练兵一周小结",
        "成都市",
        "文/图　乔如松",
    )
    services.edit_article(
        actor=DESK,
        article=article,
        copy=Copy(Words("成都：窗口练兵全员参加", "成都市窗口单位全员参加练兵。"), source="成都市"),
        said=Said(),
        pictures=Pictures(),
        at=AT,
    )
    article.refresh_from_db()
    assert article.title == "成都：窗口练兵全员参加"
    assert (article.version.title, article.version.text) == (WORDS.title, WORDS.text)
    assert Message.objects.get().title == "信息已采用：窗口练兵一周小结"


def test_handed_in_is_decided_once_and_by_somebody_else():
    held = open_season("5101")
    item = handed_in(held)
    both = replace(DESK, account=newest(item).by)
    assert code_of(services.adopt_item, actor=both, item=item, at=AT) == "newsroom_own_item"
    services.adopt_item(actor=DESK, item=item, at=AT)
    again = {"actor": DESK, "item": item, "at": AT}
    assert code_of(services.adopt_item, **again) == "newsroom_not_handed_in"
    assert code_of(services.return_item, reason="晚了", **again) == "newsroom_not_handed_in"
    edit = {
        "actor": held.actor("5101"),
        "item": item,
        "kind": "text",
        "words": WORDS,
        "said": NOBODY_SHOWN,
        "pictures": Pictures(),
        "at": AT,
    }
    assert code_of(services.edit_item, **edit) == "newsroom_not_editable"


def test_a_unit_writes_for_itself_alone_and_its_draft_is_its_own():
    held = open_season("5101", "5103")
    draft = written(held)
    hand = {"actor": held.actor("5103"), "item": draft, "at": AT}
    assert code_of(services.hand_in_item, **hand) == "forbidden"
    look = {"season": CODE, "number": draft.pk}
    assert code_of(selectors.get_item_for, viewer=DESK, **look) == "not_found"
    assert code_of(selectors.get_own_item, viewer=held.actor("5103"), **look) == "not_found"
    assert code_of(services.adopt_item, actor=held.actor("5101"), item=draft, at=AT) == "forbidden"
    assert selectors.desk_for(DESK, CODE, view="", number=None).lines == ()


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", "", "newsroom_text_empty"),
        ("pictures", "一句话", "newsroom_pictures_missing"),
        ("video", "一句话", "newsroom_video_missing"),
    ],
)
def test_a_piece_has_what_its_kind_says(kind, text, code):
    held = open_season("5101")
    item = written(held, kind=kind, words=Words("小结", text))
    assert code_of(services.hand_in_item, actor=held.actor("5101"), item=item, at=AT) == code


def test_a_consent_taken_back_takes_the_article_down_at_once():
    held = open_season("5101")
    article = adopted(held, said=AGREED)
    services.publish_article(actor=DESK, article=article, at=AT)
    item = article.version.item
    services.withdraw_consent(actor=held.actor("5101"), item=item, at=AT + DAY)
    article.refresh_from_db()
    assert (article.state, article.taken_down_reason) == ("taken-down", "出镜人员撤回同意")
    publish = {"actor": DESK, "article": article, "at": AT + DAY}
    assert code_of(services.publish_article, **publish) == "newsroom_consent_withdrawn"
    again = {"actor": held.actor("5101"), "item": item, "said": AGREED, "at": AT + DAY}
    assert code_of(services.record_consent, **again) == "newsroom_consent_withdrawn"


def test_pictures_need_words_and_a_video_needs_its_poster_before_they_are_published():
    held = open_season("5101")
    manager = held.actor("5101")
    article = adopted(held, kind="video", uploads=[clip(manager), photo(manager)])
    publish = {"actor": DESK, "article": article, "at": AT}
    assert code_of(services.publish_article, **publish) == [
        "newsroom_alt_missing",
        "newsroom_poster_missing",
        "newsroom_alt_missing",
    ]
    video, still = article.media.select_related("asset")
    assert (video.asset.kind, still.asset.kind) == ("video", "picture")
    edit = {
        "actor": DESK,
        "article": article,
        "copy": Copy(WORDS),
        "said": Said(),
        "at": AT,
    }
    wrong = Pictures({video.pk: Placed("练兵视频", poster=video.asset_id)})
    assert code_of(services.edit_article, pictures=wrong, **edit) == "newsroom_poster_wrong"
    right = Pictures(
        {
            video.pk: Placed("练兵视频", poster=still.asset_id),
            still.pk: Placed("窗口前的工作人员"),
        }
    )
    services.edit_article(pictures=right, **edit)
    services.publish_article(**publish)
    found = selectors.get_public_article(NOBODY, CODE, article.pk)
    assert [one.alt for one in found.shown] == ["练兵视频"]
    assert found.cover.alt == "窗口前的工作人员"


def test_only_the_pictures_that_were_published_are_public():
    held = open_season("5101")
    manager = held.actor("5101")
    item = written(
        held, kind="pictures", uploads=[photo(manager, "一.jpg"), photo(manager, "二.jpg")]
    )
    described(held, item)
    services.hand_in_item(actor=manager, item=item, at=AT)
    article = services.adopt_item(actor=DESK, item=item, at=AT)
    one, two = (assets.owner_of(asset) for asset in Asset.objects.order_by("pk"))
    seen = [(assets.can_open(who, one), assets.can_open(who, two)) for who in (NOBODY, DESK)]
    assert seen == [(False, False), (True, True)]
    second = article.media.last()
    services.edit_article(
        actor=DESK,
        article=article,
        copy=Copy(WORDS),
        said=Said(),
        pictures=Pictures({second.pk: Placed(drop=True)}),
        at=AT,
    )
    services.publish_article(actor=DESK, article=article, at=AT)
    assert (assets.can_open(NOBODY, one), assets.can_open(NOBODY, two)) == (True, False)
    services.take_down_article(actor=DESK, article=article, reason="用错图片", at=AT)
    assert not assets.can_open(NOBODY, one)


def test_pictures_that_the_desk_adds_need_a_consent_of_their_own():
    open_season()
    article = services.create_article(
        actor=DESK, season=selectors.get_season_of_desk(DESK, CODE), copy=Copy(WORDS), at=AT
    )
    edit = {"actor": DESK, "article": article, "copy": Copy(WORDS), "at": AT}
    services.edit_article(said=Said(), pictures=Pictures(uploads=[photo(DESK)]), **edit)
    told = {article.media.get().pk: Placed("会场全景")}
    services.edit_article(said=Said(), pictures=Pictures(told), **edit)
    publish = {"actor": DESK, "article": article, "at": AT}
    assert code_of(services.publish_article, **publish) == "newsroom_consent_missing"
    services.edit_article(said=NOBODY_SHOWN, pictures=Pictures(), **edit)
    assert services.publish_article(**publish).is_public


def test_a_dropped_draft_takes_its_files_with_it():
    held = open_season("5101")
    manager = held.actor("5101")
    item = written(held, kind="pictures", uploads=[photo(manager)])
    assert StoredFile.objects.count() == 1
    services.drop_item(actor=manager, item=item)
    assert (StoredFile.objects.count(), Asset.objects.count()) == (0, 0)
