"""Files go out: to whom the owning room says, by range, and never as a page."""

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.files import services
from leitai.files.ranges import Slice, UnsatisfiableRangeError, read_range
from leitai.files.selectors import list_files
from tests.rooms.files import content as make
from tests.rooms.files.wire import token

pytestmark = pytest.mark.django_db
DATA = bytes(range(32, 127)) * 20  # 1,900 bytes of text


@pytest.fixture
def keep(tus, clerk):
    """A file of the clerk's own thing; its address."""

    def kept(name="附 件.txt", data=DATA):
        actor = Actor(str(clerk.pk), "clerk")
        owner = f"thing:{clerk.pk}"
        upload = token(tus.send(name, data))
        file = services.attach(
            actor=actor, upload=upload, kind="thing", owner=owner, at=timezone.now()
        )
        return f"/files/{file.pk}/{name}"

    return kept


def body(answer):
    return b"".join(answer.streaming_content)


def test_download_is_whole_and_dressed(client, keep):
    answer = client.get(keep())
    assert (answer.status_code, body(answer)) == (200, DATA)
    said = {name: answer[name] for name in (
        "Content-Type", "Content-Length", "Content-Disposition", "X-Content-Type-Options",
        "Content-Security-Policy", "Cache-Control", "Accept-Ranges", "Cross-Origin-Resource-Policy",
        "X-Frame-Options",
    )}  # fmt: skip
    assert said == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": "1900",
        "Content-Disposition": "attachment; filename*=utf-8''%E9%99%84%20%E4%BB%B6.txt",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=1890-", 1890, 1900),
        ("bytes=-5", 1895, 1900),
        ("bytes=100-99999", 100, 1900),
    ],
)
def test_range_is_answered_with_that_part(client, keep, asked, start, stop):
    answer = client.get(keep(), headers={"Range": asked})
    assert (answer.status_code, body(answer)) == (206, DATA[start:stop])
    assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/1900"
    assert answer["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", ["bytes=1900-", "bytes=5000-6000", "bytes=-0"])
def test_range_behind_the_end_is_unsatisfiable(client, keep, asked):
    answer = client.get(keep(), headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"], answer.content) == (
        416,
        "bytes */1900",
        b"",
    )


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=9-5", "bytes=-", "lines=1-2", "bytes=a-b"]
)
def test_range_that_we_do_not_read_gives_the_whole(client, keep, asked):
    answer = client.get(keep(), headers={"Range": asked})
    assert (answer.status_code, len(body(answer))) == (200, 1900)


def test_range_of_a_known_content_only_continues_that_content(client, keep):
    address = keep()
    tag = client.head(address)["ETag"]
    same = client.get(address, headers={"Range": "bytes=5-6", "If-Range": tag})
    changed = client.get(address, headers={"Range": "bytes=5-6", "If-Range": '"older"'})
    assert (same.status_code, body(same), changed.status_code) == (206, DATA[5:7], 200)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_head_tells_the_length_without_the_content(client, keep):
    answer = client.head(keep())
    assert (answer.status_code, answer["Content-Length"], answer.getvalue()) == (200, "1900", b"")


def test_viewer_rule_is_the_kinds(client, keep, other):
    address = keep()
    second = Client()
    second.force_login(other)
    assert (client.get(address).status_code, second.get(address).status_code) == (200, 404)
    stranger = Client().get(address)
    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/account/login/")
    unknown = Client().get("/files/999999/x.txt")
    assert (unknown.status_code, client.get("/files/999999/x.txt").status_code) == (302, 404)


def test_file_under_another_name_is_not_found(client, keep):
    address = keep()
    assert client.get(address.replace(".txt", ".html")).status_code == 404


def test_only_pictures_written_anew_show_in_place(client, keep):
    picture, text = keep("章.png", make.picture("PNG")), keep()
    shown = [client.get(f"{address}?show=1")["Content-Disposition"] for address in (picture, text)]
    assert [one.split(";")[0] for one in shown] == ["inline", "attachment"]
    assert (
        client.get(f"{picture}?show=1")["Content-Security-Policy"] == "sandbox; default-src 'none'"
    )
    assert client.get(picture)["Content-Disposition"].startswith("attachment")


def test_nginx_may_send_the_bytes_itself(client, keep, clerk, settings):
    address = keep()
    settings.LEITAI_ACCEL = True
    answer = client.get(address, headers={"Range": "bytes=0-1"})
    sha256 = list_files(f"thing:{clerk.pk}")[0].sha256
    assert answer["X-Accel-Redirect"] == f"/files-store/{sha256[:2]}/{sha256}"
    assert (answer.status_code, answer.content) == (200, b"")


def test_writing_to_a_download_is_not_allowed(client, keep):
    assert client.post(keep()).status_code == 405


def test_slices_are_cut_as_the_standard_says():
    assert read_range("bytes=0-0", 10) == Slice(0, 1)
    assert read_range("bytes=-99", 10) == Slice(0, 10)
    assert read_range("", 10) is None
    with pytest.raises(UnsatisfiableRangeError):
        read_range("bytes=10-", 10)


def render(text, clerk, **context):
    request = RequestFactory().get("/")
    request.user = clerk
    return engines["django"].from_string(text).render(context, request)


def test_field_says_what_is_welcome(clerk):
    page = render(
        '{% include "files/_upload.html" with kind="thing" owner="" label="附件" %}', clerk
    )
    assert "可上传pdf、png、jpg、jpeg、docx、zip、txt、mp4、m4v，每个文件不超过64 MB。" in page
    assert 'accept=".pdf,.png,.jpg,.jpeg,.docx,.zip,.txt,.mp4,.m4v"' in page
    assert 'name="uploads_file"' in page
    assert f'data-holder="{clerk.pk}"' in page


def test_list_links_files_or_says_there_are_none(clerk, keep):
    keep("章.png", make.picture("PNG"))
    address = keep()
    files = list_files(f"thing:{clerk.pk}")
    page = render('{% include "files/_list.html" %}', clerk, files=files)
    assert (page.count("<li>"), page.count("?show=1"), "1.8 KB" in page) == (2, 1, True)
    assert address.split("/")[2] in page
    assert "没有附件。" in render('{% include "files/_list.html" %}', clerk, files=[])
