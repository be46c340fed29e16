"""A document as it leaves the press: text, glyphs, refusals, and data that is never markup."""

import re

import pytest

from leitai.documents import pdf, qr
from leitai.kernel.errors import DomainError
from tests.documents.seeing import text_of


def slip(**changed: object) -> dict[str, object]:
    code = qr.draw("https://leitai.example/activate/#ABCD")
    return {
        "heading": "账号激活单",
        "name": "贺知秋",
        "unit": "绵阳市",
        "code": "ABCD-EFGH",
        "until": "2022年8月20日",
        "steps": ["扫码", "设密码"],
        "qr": code.svg,
        "modules": code.modules,
    } | changed


def data(*slips: dict[str, object]) -> dict[str, object]:
    return {
        "title": "账号激活单",
        "code": "激活码",
        "until": "有效期至",
        "privacy": "请妥善保管。",
        "slips": list(slips),
    }


@pytest.fixture(scope="module")
def compiler() -> pdf.Compiler:
    return pdf.Compiler()


def pages_of(document: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_same_data_gives_same_bytes(compiler):
    assert compiler.compile("slips", data(slip())) == pdf.Compiler().compile("slips", data(slip()))


def test_ninth_slip_begins_a_second_page(compiler):
    assert pages_of(compiler.compile("slips", data(*(slip() for _ in range(8))))) == 1
    assert pages_of(compiler.compile("slips", data(*(slip() for _ in range(9))))) == 2


def test_text_that_looks_like_markup_stays_text(compiler):
    name = '*贺*_知_#秋[$"\\'
    text = text_of(compiler.compile("slips", data(slip(name=name))))
    assert "*贺*_知_#秋[$" in text


def test_missing_glyph_is_named_once_with_its_text(compiler):
    missing = compiler.missing_glyphs(["贺知秋", "𠮷野", "大𠮷", "第一行\n第二行"])
    assert [(glyph.character, glyph.text) for glyph in missing] == [("𠮷", "𠮷野")]


def test_all_of_gb2312_prints(compiler):
    pairs = ((row, cell) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = [bytes(pair).decode("gb2312", errors="ignore") for pair in pairs]
    assert len("".join(characters)) == 6763
    assert compiler.missing_glyphs(characters) == ()


def test_further_fonts_fill_the_gap(tmp_path):
    # A copy of a font under another name stands for one that somebody added.
    packaged = pdf.Compiler()._fonts.files[0]
    (tmp_path / "added.otf").write_bytes(packaged.read_bytes())
    (tmp_path / "readme.txt").write_text("not a font")
    added = pdf.Compiler(fonts=tmp_path)
    assert [file.name for file in added._fonts.files][-1] == "added.otf"
    assert pages_of(added.compile("slips", data(slip()))) == 1


def test_unknown_template_is_refused(compiler):
    with pytest.raises(DomainError) as refused:
        compiler.compile("../pdf", data())
    assert (refused.value.code, refused.value.data) == ("template_unknown", {"template": "../pdf"})


def test_broken_data_is_refused_with_what_typst_says(compiler):
    incomplete = slip()
    del incomplete["unit"]
    with pytest.raises(DomainError) as refused:
        compiler.compile("slips", data(incomplete))
    assert refused.value.code == "document_failed"
    assert refused.value.data["template"] == "slips"
    assert "unit" in str(refused.value.data["detail"])


def test_warning_is_a_failure(compiler, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    (tmp_path / "odd.typ").write_text('#set text(font: "No Such Family")\n字')
    with pytest.raises(DomainError) as refused:
        pdf.Compiler().compile("odd", {})
    assert refused.value.code == "document_failed"
    assert "unknown font family" in str(refused.value.data["detail"])
