"""简报: composed of adopted pieces, numbered, the docx reopened, published once."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.newsroom import printing, selectors, services
from leitai.newsroom.assets import is_public
from leitai.newsroom.models import Asset
from leitai.newsroom.services import Copy, Issue, Pictures, Placed, Printed, Said, Words
from tests.rooms.newsroom.desk import (
    AGREED,
    AT,
    CODE,
    DAY,
    DESK,
    adopted,
    described,
    open_season,
    photo,
    written,
)

pytestmark = pytest.mark.django_db
ISSUE = Issue("练兵比武简报", 3, 15, date(2022, 4, 12), "厅宣传中心", "厅领导", "各市（州）局")


def code_of(call, **arguments):
    with pytest.raises(DomainError) as wrong:
        call(**arguments)
    return wrong.value.code


def composed(held, **more):
    first = adopted(held, said=AGREED, words=Words("成都开展练兵", "第一段。\n第二段。"))
    second = adopted(held, "5103", words=Words("自贡组织观摩", "一段。"), **more)
    return services.create_bulletin(
        actor=DESK, season=held.season, issue=ISSUE, articles=[first, second], at=AT
    )


def paragraphs(data: bytes) -> list[str]:
    """The text of each paragraph, in its order, as the file itself says."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
    found = [
        "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one))
        for one in re.findall(r"<w:p>.*?</w:p>", body, re.DOTALL)
    ]
    return [one for one in found if one and set(one) - set("━─")]


def test_the_docx_says_what_the_issue_says_and_names_the_asked_faces():
    bulletin = composed(open_season("5101", "5103"))
    data = printing.write_bulletin(bulletin, selectors.entries_of(bulletin))
    assert paragraphs(data) == [
        "练兵比武简报",
        "第3期（总第15期）",
        "厅宣传中心　　　　2022年4月12日",
        "本期要目",
        "◆成都开展练兵",
        "◆自贡组织观摩",
        "成都开展练兵",
        "第一段。",
        "第二段。",
        "（成都市供稿）",
        "自贡组织观摩",
        "一段。",
        "（自贡市供稿）",
        "主送：厅领导",
        "抄送：各市（州）局",
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
    assert set(re.findall(r'w:eastAsia="([^"]+)"', body)) == {
        "方正小标宋简体",
        "仿宋_GB2312",
        "楷体_GB2312",
        "黑体",
    }


def test_an_issue_is_edited_in_its_own_words_and_order():
    held = open_season("5101", "5103")
    bulletin = composed(held)
    one, two = selectors.entries_of(bulletin)
    printed = {
        one.pk: Printed("成都练兵", "缩写。", "成都市", position=5),
        two.pk: Printed("自贡观摩", "一段。", "自贡市", position=2),
    }
    services.edit_bulletin(actor=DESK, bulletin=bulletin, issue=ISSUE, printed=printed, at=AT)
    rows = [(entry.position, entry.title) for entry in selectors.entries_of(bulletin)]
    assert rows == [(1, "自贡观摩"), (2, "成都练兵")]
    one.article.refresh_from_db()
    assert one.article.title == "成都开展练兵"


def test_an_issue_with_a_piece_without_consent_is_not_published():
    held = open_season("5101", "5103")
    bulletin = composed(held, said=Said())
    call = {"actor": DESK, "bulletin": bulletin, "at": AT}
    assert code_of(services.publish_bulletin, **call) == "newsroom_consent_missing"
    assert not selectors.adoption_of(held.season).total.published
    assert code_of(
        selectors.get_public_bulletin, viewer=NOBODY, season=CODE, number=bulletin.pk
    ) == ("not_found")


def test_a_published_issue_stands_counts_and_is_followed_by_the_next_numbers():
    held = open_season("5101", "5103")
    bulletin = composed(held)
    services.publish_bulletin(actor=DESK, bulletin=bulletin, at=AT)
    assert selectors.adoption_of(held.season).total == selectors.Counts(2, 2, 2)
    change = {"actor": DESK, "bulletin": bulletin, "issue": ISSUE, "printed": {}, "at": AT}
    assert code_of(services.edit_bulletin, **change) == "newsroom_bulletin_published"
    following = selectors.next_issue(held.season, at=AT + DAY)
    assert (following.number, following.total, following.heading) == (4, 16, "练兵比武简报")
    assert selectors.choices_of(held.season) == []
    again = {"actor": DESK, "season": held.season, "issue": ISSUE, "articles": [], "at": AT}
    assert code_of(services.create_bulletin, **again) == "newsroom_bulletin_number"


def pictured(held, **more):
    """An adopted piece with one described picture."""
    unit = held.actor("5101")
    item = written(held, said=AGREED, kind="pictures", uploads=[photo(unit)], **more)
    described(held, item, caption="4月8日，窗口练兵")
    services.record_consent(actor=unit, item=item, said=AGREED, at=AT)
    services.hand_in_item(actor=unit, item=item, at=AT)
    item.refresh_from_db()
    return services.adopt_item(actor=DESK, item=item, at=AT)


def issued(held, *articles):
    return services.create_bulletin(
        actor=DESK, season=held.season, issue=ISSUE, articles=articles, at=AT
    )


def media_of(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return [parts.read(name) for name in parts.namelist() if name.startswith("word/media/")]


def test_an_issue_prints_the_pictures_that_were_chosen_with_their_lines():
    held = open_season("5101")
    article = pictured(held)
    bulletin = issued(held, article)
    (entry,) = selectors.entries_of(bulletin)
    data = printing.write_bulletin(bulletin, [entry])
    (image,) = media_of(data)
    with Image.open(io.BytesIO(image)) as shown:
        assert shown.format == "JPEG"
    assert "4月8日，窗口练兵" in paragraphs(data)
    none = Printed(entry.title, entry.text, position=1, pictures=frozenset())
    change = {"actor": DESK, "bulletin": bulletin, "issue": ISSUE, "at": AT}
    services.edit_bulletin(**change, printed={entry.pk: none})
    assert media_of(printing.write_bulletin(bulletin, selectors.entries_of(bulletin))) == []
    asset = article.media.get().asset_id
    both = Printed(entry.title, entry.text, position=1, pictures=frozenset({asset, 999_999}))
    services.edit_bulletin(**change, printed={entry.pk: both})
    assert [one.asset_id for one in selectors.entries_of(bulletin)[0].media.all()] == [asset]


def test_a_picture_of_a_published_issue_is_public_and_needs_its_words():
    held = open_season("5101")
    article = pictured(held)
    bulletin = issued(held, article)
    asset = article.media.get().asset
    assert not is_public(asset)
    article.media.update(alt="")
    (entry,) = selectors.entries_of(bulletin)
    entry.media.update(alt="")
    call = {"actor": DESK, "bulletin": bulletin, "at": AT}
    assert code_of(services.publish_bulletin, **call) == "newsroom_bulletin_alt"
    entry.media.update(alt="窗口")
    services.publish_bulletin(**call)
    assert is_public(asset)


def test_a_consent_taken_back_leaves_drafts_news_and_pictures_everywhere():
    held = open_season("5101", "5103")
    article, other = pictured(held), adopted(held, "5103", said=AGREED)
    sent = issued(held, article)
    services.publish_bulletin(actor=DESK, bulletin=sent, at=AT)
    asset = article.media.get().asset
    draft = services.create_bulletin(
        actor=DESK,
        season=held.season,
        issue=replace(ISSUE, number=4, total=16),
        articles=[article, other],
        at=AT,
    )
    assert is_public(asset)
    item = article.version.item
    services.withdraw_consent(actor=held.actor("5101"), item=item, at=AT)
    assert [(one.position, one.article_id) for one in selectors.entries_of(draft)] == [
        (1, other.pk)
    ]
    article.refresh_from_db()
    assert article.state == "taken-down"  # an edited copy that nobody has published yet as well
    assert not is_public(asset)
    data = printing.write_bulletin(sent, selectors.readable_entries(sent))
    assert media_of(data) == []
    assert "窗口练兵一周小结" not in "".join(paragraphs(data))


def test_a_consent_to_what_the_desk_added_takes_those_pictures_away():
    held = open_season("5101")
    article = adopted(held, said=AGREED)
    copy = Copy(Words(article.title, article.text))
    change = {"actor": DESK, "article": article, "copy": copy, "at": AT}
    services.edit_article(**change, said=AGREED, pictures=Pictures(uploads=[photo(DESK)]))
    media = article.media.get()
    told = Pictures({media.pk: Placed("全景")})
    services.edit_article(**change, said=AGREED, pictures=told)
    services.publish_article(actor=DESK, article=article, at=AT)
    asset = media.asset
    bulletin = issued(held, article)
    services.withdraw_article_consent(actor=DESK, article=article, at=AT)
    article.refresh_from_db()
    assert (article.state, article.shown, article.media.count()) == ("taken-down", "", 0)
    assert not Asset.objects.filter(pk=asset.pk).exists()
    assert selectors.entries_of(bulletin) == []
    services.publish_article(actor=DESK, article=article, at=AT)  # the words are the unit's
    again = {"actor": DESK, "article": article, "at": AT}
    assert code_of(services.withdraw_article_consent, **again) == "newsroom_no_own"


def test_a_consent_taken_back_leaves_the_published_issue():
    held = open_season("5101", "5103")
    bulletin = composed(held)
    services.publish_bulletin(actor=DESK, bulletin=bulletin, at=AT)
    item = selectors.entries_of(bulletin)[0].article.version.item
    services.withdraw_consent(actor=held.actor("5101"), item=item, at=AT)
    shown = selectors.readable_entries(selectors.get_public_bulletin(NOBODY, CODE, bulletin.pk))
    assert [entry.title for entry in shown] == ["自贡组织观摩"]
