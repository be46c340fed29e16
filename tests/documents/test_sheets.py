"""Certificates and plaques as they leave the press: words, sizes, room, pictures, layers."""

import base64
import hashlib
import re
import threading
from io import BytesIO

import pytest
from PIL import Image

from leitai.documents import qr
from leitai.documents.sheets import DESIGNS, Fit, Sheets
from leitai.kernel.errors import DomainError
from tests.documents.seeing import pages_of, text_of

SERIAL = "SC-2022-ZST-0007"
ISSUER = "四川省人力资源和社会保障厅"


@pytest.fixture(scope="module")
def press() -> Sheets:
    return Sheets()


def png(colour: str, size: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def kept(press: Sheets, data: bytes) -> str:
    return press.keep_picture(hashlib.sha256(data).hexdigest(), "png", data)


def sheet(press: Sheets, **changed: object) -> dict[str, object]:
    code = qr.matrix("https://leitai.example/c/v/#LC1.01-deadbeef.abc.def")
    return {
        "key": SERIAL,
        "season": "2022年度四川人社窗口单位业务技能练兵比武活动",
        "heading": "荣誉证书",
        "holder": "贺知秋",
        "salutation": "同志",
        "body": ["在全省总决赛中，个人名次列第7名，被评为"],
        "award": "“人社知识通”",
        "closing": ["特发此证，以资鼓励。"],
        "serial": SERIAL,
        "facts": [["证书编号", SERIAL], ["代表队", "绵阳市"], ["查验", "leitai.example/c"]],
        "signers": [ISSUER],
        "date": "2022年8月20日",
        "qr": base64.b64encode(code).decode(),
        "modules": qr.modules_of(code),
        "fits": {},
        "layer": "",
    } | changed


def data(*sheets: dict[str, object], **pictures: str) -> dict[str, object]:
    places = {"emblem": "", "seal": "", "script": ""} | pictures
    return {"title": "荣誉证书", "author": ISSUER, "sheets": list(sheets), **places}


def boxes(document: bytes) -> list[bytes]:
    return re.findall(rb"/MediaBox\s*\[([^\]]*)\]", document)


@pytest.mark.parametrize(
    ("design", "box"),
    [
        ("classic", b"0 0 841.8898 595.2756"),
        ("folio", b"0 0 595.2756 841.8898"),
        ("plaque", b"0 0 1700.7874 1133.8583"),
        ("overprint", b"0 0 841.8898 595.2756"),
    ],
)
def test_each_design_has_its_words_on_one_page_of_its_size(press, design, box):
    document = press.compile(design, data(sheet(press)))
    assert boxes(document) == [box]
    text = text_of(document)
    for expected in ("贺知秋", "人社知识通", SERIAL, ISSUER, "2022年8月20日"):
        assert expected in text
    assert ("荣誉证书" in text) is (design in ("classic", "folio"))
    assert ("被评为" in text) is (design != "plaque")
    assert press.measure(design, data(sheet(press))) == ()


def test_every_packaged_design_is_tried():
    assert set(DESIGNS) == {"classic", "folio", "plaque", "overprint"}


def test_rare_characters_print(press):
    assert press.missing_glyphs(["㛃䶮"]) == ()
    assert "㛃䶮" in text_of(press.compile("classic", data(sheet(press, holder="㛃䶮"))))
    assert [one.character for one in press.missing_glyphs(["𠮷㛃"])] == ["𠮷"]


def test_same_data_gives_same_bytes(press):
    other = Sheets()
    first = press.compile("classic", data(sheet(press)))
    assert first == other.compile("classic", data(sheet(other)))


def test_text_that_looks_like_markup_or_ends_the_literal_stays_text(press):
    holder = '*贺*_知_#秋[$"\\'
    body = ['")))\n#panic("x")', "\\u{41}\t甲"]
    made = press.compile("classic", data(sheet(press, holder=holder, body=body)))
    text = text_of(made)
    assert "*贺*_知_#秋[$" in text
    assert '#panic("x")' in text
    assert "\\u{41}" in text


def test_measuring_tells_what_is_shrunk_and_what_has_no_room(press):
    found = press.measure(
        "classic",
        data(
            sheet(press),
            sheet(press, key="a little", holder="古丽" * 13),
            sheet(press, key="too long", holder="古丽" * 60),
            sheet(press, key="text", body=["长" * 500]),
            sheet(press, key="signer", signers=["署" * 60]),
        ),
    )
    told = {(one.key, one.part): one.share for one in found}
    assert set(told) == {
        ("a little", "holder"),
        ("too long", "holder"),
        ("text", "body"),
        ("signer", "signers0"),
    }
    assert 550 <= told["a little", "holder"] < 1000
    assert (told["too long", "holder"], told["text", "body"], told["signer", "signers0"]) == (
        0,
    ) * 3


@pytest.mark.parametrize("design", ["classic", "folio", "overprint"])
def test_text_that_would_run_into_the_code_or_the_signers_is_named(press, design):
    lines = 9 if design == "folio" else 4
    office = "四川省人力资源和社会保障厅"
    found = press.measure(
        design,
        data(
            sheet(press, key="as it is"),
            sheet(press, key="code", body=["在全省总决赛中，个人名次列第7名。"] * lines),
            sheet(press, key="signers", signers=[office] * 22),
            sheet(press, key="day", date="二〇二二年八月二十日于四川省成都市金牛区人民大会堂颁发"),
        ),
    )
    assert {(one.key, one.part) for one in found if one.share == 0} == {
        ("code", "body"),
        ("signers", "signers"),
        ("day", "date"),
    }


def test_plaque_names_more_signers_than_it_has_room_for(press):
    office = "四川省人力资源和社会保障厅"
    sheets = [sheet(press, key=str(count), signers=[office] * count) for count in (1, 6, 12)]
    assert press.measure("plaque", data(*sheets)) == (Fit("12", "signers", 0),)


def test_line_with_its_share_keeps_to_its_room(press):
    long = sheet(press, holder="古丽" * 12, salutation="")
    [fit] = press.measure("classic", data(long))
    assert fit == Fit(SERIAL, "holder", fit.share)
    made = press.compile("classic", data(long | {"fits": {"holder": fit.share}}), form="png")
    wide = press.compile("classic", data(long), form="png")
    assert (ink_at_the_right(made), ink_at_the_right(wide)) == (False, True)


def ink_at_the_right(picture: bytes) -> bool:
    """Whether anything stands right of the holder's room of 180 mm, on the holder's line."""
    with Image.open(BytesIO(picture)) as image:
        grey = image.convert("L")
    a_mm = grey.width / 297
    part = grey.crop((int(230 * a_mm), int(72 * a_mm), int(262 * a_mm), int(86 * a_mm)))
    return part.getextrema()[0] < 128


def test_file_of_many_has_every_page_and_what_they_share(press):
    sheets = [sheet(press, holder=name, key=name) for name in ("贺知秋", "林晚霁", "㛃䶮")]
    later = sheet(press, holder="江疏影", date="2022年9月1日")
    plaque = sheet(press, holder="绵阳市代表队", award="一等奖")
    made = press.compile_many([("classic", data(*sheets, later)), ("plaque", data(plaque))])
    assert boxes(made) == [b"0 0 841.8898 595.2756"] * 4 + [b"0 0 1700.7874 1133.8583"]
    text = text_of(made)
    for expected in ("贺知秋", "林晚霁", "㛃䶮", "江疏影", "绵阳市代表队"):
        assert text.count(expected) == 1
    assert (text.count("荣誉证书"), text.count("2022年9月1日")) == (4, 1)


def code_of(word: str) -> dict[str, object]:
    png = qr.matrix(f"https://leitai.example/c/v/#LC1.01-{word}.abc.def")
    return {"qr": base64.b64encode(png).decode(), "modules": qr.modules_of(png)}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("label", ["代表队", "Team 2"])
def test_pages_on_a_layer_look_like_pages_alone(press, design, label):
    """Of three sheets the layer has a line beside the code that all share, and the labels."""
    sheets = [
        sheet(press, key=serial, serial=serial, holder=holder, **code_of(serial))
        | {
            "facts": [
                ["证书编号", serial],
                [label, team],
                ["查验", "扫码，或登录 leitai.example/c"],
            ]
        }
        for serial, holder, team in (
            ("SC-2022-ZST-0007", "贺知秋", "绵阳市"),
            ("SC-2022-ZST-1108", "林晚霁", "阿坝藏族羌族自治州"),
            ("SC-2022-ZST-0009", "㛃䶮", "绵阳市"),
        )
    ]
    many = pages_of(press.compile_many([(design, data(*sheets))]))
    assert len(many) == 3
    for number, one in enumerate(sheets):
        [alone] = pages_of(press.compile(design, data(one)))
        assert max(abs(a - b) for a, b in zip(alone, many[number], strict=True)) < 48
        assert min(alone) < 128
    assert len(set(many)) == 3


def test_each_document_has_its_own_code(press):
    """One after the other from one press, as each from a press that knows no other."""
    for word in ("first", "second", "first"):
        one = data(sheet(press, **code_of(word)))
        assert press.compile("classic", one) == Sheets().compile("classic", one)
    two = [data(sheet(press, **code_of(word))) for word in ("first", "second")]
    assert press.compile("classic", two[0]) != press.compile("classic", two[1])


def test_nothing_of_a_holder_stays_with_the_press():
    press = Sheets()
    sheets = [sheet(press, holder=holder, **code_of(holder)) for holder in ("贺知秋", "林晚霁")]
    press.compile("classic", data(sheets[0]))
    press.compile_many([("classic", data(*sheets))])
    press.measure("classic", data(*sheets))
    left = [path for path in press.root.rglob("*") if path.is_file() or path.is_symlink()]
    assert len(left) > len(DESIGNS)
    assert [path for path in left if path.suffix == ".png" or "codes" in path.name] == []
    for layer in press.root.rglob("*.pdf"):
        assert "贺知秋" not in text_of(layer.read_bytes())


def test_pictures_stand_on_every_design(press):
    red, blue, green = (kept(press, png(colour)) for colour in ("red", "blue", "green"))
    for design in DESIGNS:
        made = press.compile(
            design, data(sheet(press), emblem=red, seal=green, script=blue), form="png", ppi=30
        )
        with Image.open(BytesIO(made)) as image:
            colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 20)}
        assert {(0, 0, 255), (0, 128, 0)} <= colours
        assert ((255, 0, 0) in colours) is (design != "overprint")


def test_picture_is_named_by_its_digest_alone(press):
    for name, kind in (("../../x", "png"), ("ab" * 16, "svg"), ("", "png")):
        with pytest.raises(DomainError, match="document_failed"):
            press.keep_picture(name, kind, b"")


def test_unknown_design_and_broken_data_are_refused(press):
    with pytest.raises(DomainError, match="template_unknown"):
        press.compile("../slips", data(sheet(press)))
    broken = sheet(press)
    del broken["award"]
    with pytest.raises(DomainError) as refused:
        press.compile("classic", data(broken))
    assert (refused.value.code, refused.value.data["template"]) == ("document_failed", "classic")


def test_threads_share_a_press(press):
    failures = []

    def work(number: int) -> None:
        try:
            one = sheet(press, key=str(number), holder=f"第{number}人", date=f"{number % 2}")
            press.compile_many([("classic", data(one))])
        except DomainError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
