"""What a file is by its content: whole ones pass, harmful ones are named."""

import io
import zipfile

import pytest
from PIL import Image

from leitai.files.checks import archives, examine, images
from leitai.files.types import TYPES
from leitai.kernel.errors import DomainError
from tests.rooms.files import content as make

ALL = tuple(TYPES)


@pytest.fixture
def look(tmp_path):
    def looked(name, data, types=ALL):
        path = tmp_path / "one.part"
        path.write_bytes(data)
        return examine(path, name=name, types=types, clean=tmp_path / "one.clean")

    return looked


def code_of(look, name, data, types=ALL):
    with pytest.raises(DomainError) as refused:
        look(name, data, types)
    assert refused.value.data["name"] == name
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("通知.pdf", make.PDF, "pdf"),
        ("照片.PNG", make.picture("PNG"), "png"),
        ("照片.jpg", make.picture("JPEG"), "jpeg"),
        ("照片.jpeg", make.picture("JPEG"), "jpeg"),
        ("照片.webp", make.picture("WEBP"), "webp"),
        ("报告.docx", make.office(), "docx"),
        ("名册.xlsx", make.office("xl/workbook.xml"), "xlsx"),
        ("汇报.pptx", make.office("ppt/presentation.xml"), "pptx"),
        ("材料.zip", make.archive({"甲/乙.txt": b"x", "inner.zip": make.bomb(2)}), "zip"),
        ("视频.mp4", make.film(), "mp4"),
        ("名册.csv", "姓名,单位\n蒲清越,成都\n".encode("utf-8-sig"), "csv"),
        ("说明.txt", "第一行\r\n\t第二行，3 < 5\n".encode(), "txt"),
    ],
)
def test_whole_files_are_what_their_names_say(look, name, data, code):
    assert look(name, data).type == code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.exe", b"MZ\0", "files_type"),
        ("a", make.PDF, "files_type"),
        ("a.gif", b"GIF89a", "files_type"),
        ("a.svg", b"<svg/>", "files_type"),
        ("a.html", make.HTML, "files_type"),
        ("a.pdf", make.picture(), "files_type_differs"),
        ("a.jpg", make.picture("PNG"), "files_type_differs"),
        ("a.docx", make.office("xl/workbook.xml"), "files_type_differs"),
        ("a.zip", make.office(), "files_type_differs"),
        ("a.docx", make.archive({"a.txt": b"x"}), "files_type_differs"),
        ("a.pdf", make.HTML, "files_type_differs"),
        ("a.jpg", b"GIF89a/*" + b"\0" * 60 + b"*/=1;alert(1)", "files_type_differs"),
        ("a.txt", b"MZ\x90\0", "files_type_differs"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "files_old_office"),
        ("a.pdf", make.PDF + make.archive({"x.txt": b"x"}), "files_unsafe"),
        ("a.pdf", make.PDF + make.HTML, "files_unsafe"),
        ("a.pdf", make.PDF.replace(b"1 0 obj", b"%<html><script>\n1 0 obj"), "files_unsafe"),
        ("a.pdf", b"\n" + make.PDF, "files_type_differs"),
        ("a.pdf", make.PDF[:-8], "files_broken"),
        ("a.mp4", make.film(make.archive({"x.txt": b"x"})), "files_unsafe"),
        ("a.mp4", make.film(make.box(b"free", make.HTML)), "files_unsafe"),
        ("a.mp4", make.film(make.box(b"evil", b"x")), "files_unsafe"),
        ("a.mp4", make.film() + make.HTML, "files_broken"),
        ("a.mp4", make.box(b"ftyp", b"isom\0\0\2\0"), "files_broken"),
        ("a.txt", "登记表".encode("gb18030"), "files_text_encoding"),
        ("a.csv", b"a\0b", "files_text_encoding"),
        ("a.txt", b"ok " + make.HTML, "files_text_active"),
        ("a.csv", b"x" * (1024 * 1024 - 4) + b"<script>", "files_text_active"),
        ("a.png", make.picture("PNG")[:-40], "files_broken"),
        ("a.jpg", b"\xff\xd8\xff" + b"junk" * 40, "files_broken"),
    ],
)
def test_files_that_are_something_else_are_refused(look, name, data, code):
    assert code_of(look, name, data) == code


def test_a_good_file_of_an_unwelcome_type_is_refused(look):
    assert code_of(look, "a.pdf", make.PDF, types=("png",)) == "files_type"


def test_photo_is_written_anew_upright_and_without_place(look):
    raw = make.photo()
    assert all(part in raw for part in (b"SpyCam", b"secret remark"))
    found = look("照片.jpg", raw)
    kept = found.path.read_bytes()
    assert [part for part in (b"SpyCam", b"secret remark", b"Exif") if part in kept] == []
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 60), {})
        red, blue = image.getpixel((20, 5)), image.getpixel((20, 55))
    assert (red[0] > 150, red[2] < 60, blue[2] > 150, blue[0] < 60) == (True, True, True, True)


@pytest.mark.parametrize(
    ("name", "form", "behind"),
    [
        ("a.jpg", "JPEG", make.HTML),
        ("a.png", "PNG", make.archive({"evil.html": make.HTML})),
        ("a.webp", "WEBP", make.HTML),
    ],
)
def test_what_hides_behind_an_image_does_not_survive(look, name, form, behind):
    kept = look(name, make.picture(form) + behind).path
    data = kept.read_bytes()
    assert [part for part in (b"script", b"evil.html", b"PK\x03\x04") if part in data] == []
    assert not zipfile.is_zipfile(kept)


def test_transparency_survives_in_png(look):
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(buffer, "PNG")
    with Image.open(look("章.png", buffer.getvalue()).path) as image:
        assert image.getpixel((1, 1)) == (10, 20, 30, 0)


@pytest.mark.parametrize(("width", "height"), [(7100, 7100), (20_000, 9_000), (60_000, 60_000)])
def test_image_of_too_many_pixels_is_refused_unread(look, width, height):
    assert width * height > images.PIXELS
    assert code_of(look, "a.png", make.huge_png(width, height)) == "files_image_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make.bomb(64), "files_archive_unpacked"),
        (make.lying_bomb(64), "files_archive_unpacked"),
        (make.overlapping(), "files_archive_unpacked"),
        (make.flagged_encrypted(), "files_archive_encrypted"),
        (make.archive({"../../etc/passwd": b"x"}), "files_archive_path"),
        (make.archive({"/etc/passwd": b"x"}), "files_archive_path"),
        (make.archive({"C:/x.txt": b"x"}), "files_archive_path"),
        (make.archive({"a/./b.txt": b"x"}), "files_archive_path"),
        (make.archive({"好.exe": b"x"}), "files_archive_program"),
        (make.archive({"好.html": b"x"}), "files_archive_program"),
        (make.archive({"a.txt": b"x"}, zipfile.ZIP_BZIP2), "files_archive_method"),
        (make.archive({f"{n}": b"" for n in range(archives.ENTRIES + 1)}), "files_archive_entries"),
        (make.archive({"a.txt": b"x"}) + make.HTML, "files_unsafe"),
        (make.archive({"a.txt": b"x" * 90})[:80], "files_broken"),
        (make.archive({"a.txt": b"word" * 90}).replace(b"a.txt", b"b.txt", 1), "files_unsafe"),
    ],
)
def test_harmful_archives_are_refused(look, data, code):
    assert code_of(look, "a.zip", data) == code


def test_bombs_are_small_on_the_wire():
    assert (len(make.bomb(64)) < 80_000, len(make.lying_bomb(64)) < 80_000) == (True, True)


def test_small_sheet_of_equal_rows_may_pack_better_than_twenty_to_one(look):
    data = make.archive(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<row/>" * 1_000_000}
    )
    assert 20 * len(data) < 6_000_000
    assert look("名册.xlsx", data).type == "xlsx"


def test_spoilt_content_within_an_archive_is_broken(look):
    data = bytearray(make.archive({"a.txt": b"word" * 90}, zipfile.ZIP_STORED))
    data[60] ^= 1
    assert code_of(look, "a.zip", bytes(data)) == "files_broken"


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/activeX/activeX1.xml": b"x"},
        {
            "[Content_Types].xml": b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        },
    ],
)
def test_documents_with_macros_are_refused(look, more):
    entries = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"} | more
    assert code_of(look, "a.docx", make.archive(entries)) == "files_macros"
