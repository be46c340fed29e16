"""The certificate as it leaves the press: text, size, glyphs, and data that is never markup."""

import re
import subprocess
from pathlib import Path

import pytest

from leitai.documents import pdf, qr
from leitai.kernel.errors import DomainError

ISSUER = "四川省人力资源和社会保障厅"


def certificate(**changed: object) -> dict[str, object]:
    code = qr.draw("https://leitai.example/c/SC-2022-ZST-0007/?s=abcdefgh")
    return {
        "season": "2022年度四川人社窗口单位业务技能练兵比武活动",
        "heading": "荣誉证书",
        "holder": "贺知秋",
        "salutation": "同志",
        "line": "在全省总决赛中个人名次列第7名，被评为",
        "award": "人社知识通",
        "closing": "特发此证，以资鼓励。",
        "serial": "SC-2022-ZST-0007",
        "delegation": "绵阳市",
        "lookup": "扫码，或登录 leitai.example/c",
        "issuer": ISSUER,
        "date": "2022年8月20日",
        "qr": code.svg,
        "modules": code.modules,
    } | changed


def data(*certificates: dict[str, object]) -> dict[str, object]:
    return {"title": "荣誉证书", "issuer": ISSUER, "certificates": list(certificates)}


@pytest.fixture(scope="module")
def compiler() -> pdf.Compiler:
    return pdf.Compiler()


def text_of(document: bytes, folder: Path) -> str:
    path = folder / "document.pdf"
    path.write_bytes(document)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return re.sub(r"[ \n]+", "", done.stdout)


def pages_of(document: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_certificate_has_every_word_on_one_page_of_a4_landscape(compiler, tmp_path):
    document = compiler.compile("certificate", data(certificate()))
    assert pages_of(document) == 1
    assert re.findall(rb"/MediaBox\s*\[([^\]]*)\]", document) == [b"0 0 841.8898 595.2756"]
    text = text_of(document, tmp_path)
    for expected in (
        "2022年度四川人社窗口单位业务技能练兵比武活动荣誉证书",
        "贺知秋同志：",
        "在全省总决赛中个人名次列第7名，被评为人社知识通特发此证，以资鼓励。",
        "SC-2022-ZST-0007",
        "2022年8月20日",
        ISSUER,
    ):
        assert expected in text


def test_same_data_gives_same_bytes(compiler):
    assert compiler.compile("certificate", data(certificate())) == pdf.Compiler().compile(
        "certificate", data(certificate())
    )


def test_batch_has_a_page_for_each(compiler):
    document = compiler.compile("certificate", data(*(certificate() for _ in range(3))))
    assert pages_of(document) == 3


def test_text_that_looks_like_markup_stays_text(compiler, tmp_path):
    holder = '*贺*_知_#秋[$"\\'
    text = text_of(compiler.compile("certificate", data(certificate(holder=holder))), tmp_path)
    assert "*贺*_知_#秋[$" in text


def test_long_holder_and_award_stay_on_one_page(compiler, tmp_path):
    long = certificate(
        holder="凉山彝族自治州人力资源和社会保障局代表队" * 2, award="优秀组织单位" * 6
    )
    document = compiler.compile("certificate", data(long))
    assert pages_of(document) == 1
    assert "优秀组织单位" * 6 in text_of(document, tmp_path)


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
    assert pages_of(added.compile("certificate", data(certificate()))) == 1


def test_unknown_template_is_refused(compiler):
    with pytest.raises(DomainError) as refused:
        compiler.compile("../pdf", data())
    assert (refused.value.code, refused.value.data) == ("template_unknown", {"template": "../pdf"})


def test_broken_data_is_refused_with_what_typst_says(compiler):
    incomplete = certificate()
    del incomplete["award"]
    with pytest.raises(DomainError) as refused:
        compiler.compile("certificate", data(incomplete))
    assert refused.value.code == "document_failed"
    assert refused.value.data["template"] == "certificate"
    assert "award" in str(refused.value.data["detail"])


def test_warning_is_a_failure(compiler, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    (tmp_path / "odd.typ").write_text('#set text(font: "No Such Family")\n字')
    with pytest.raises(DomainError) as refused:
        pdf.Compiler().compile("odd", {})
    assert refused.value.code == "document_failed"
    assert "unknown font family" in str(refused.value.data["detail"])
