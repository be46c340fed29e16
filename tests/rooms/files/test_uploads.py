"""Files come in: tus 1.0 over the real views, onto a real disk."""

import base64
import hashlib
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from leitai.base.actor import NOBODY, Actor
from leitai.files import services, store
from leitai.files.kinds import MB
from leitai.files.models import Upload
from tests.rooms.files import content as make
from tests.rooms.files.wire import VERSION, Endless, Tus, pattern, token

pytestmark = pytest.mark.django_db
LONG = 40 * MB


def test_server_says_what_it_speaks(client, kind):
    answer = client.options("/files/up/")
    assert (answer.status_code, answer["Tus-Resumable"], answer["Tus-Version"]) == (
        204,
        "1.0.0",
        "1.0.0",
    )
    assert answer["Tus-Max-Size"] == str(64 * MB)
    assert (
        answer["Tus-Extension"] == "creation,creation-with-upload,termination,expiration,checksum"
    )
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_other_version_is_turned_away(tus):
    answer = tus.client.post("/files/up/", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "5"})
    assert (answer.status_code, answer["Tus-Version"], Upload.objects.count()) == (412, "1.0.0", 0)


def test_forty_megabytes_with_a_broken_line_arrive_whole(
    tus, clerk, deferred, django_capture_on_commit_callbacks
):
    """Two pieces, the second breaks after 11 MB, the third goes on from where the server is."""
    url = tus.made("记录.txt", LONG)
    assert tus.head(url)["Upload-Offset"] == "0"
    first = Endless(0, 8 * MB)
    assert tus.stream(url, 0, first, 8 * MB)["Upload-Offset"] == str(8 * MB)
    broken = Endless(8 * MB, 20 * MB, breaks_after=11 * MB + 7, raises=True)
    tus.stream(url, 8 * MB, broken, 20 * MB)
    answer = tus.head(url)
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == (str(19 * MB + 7), str(LONG))
    assert answer["Cache-Control"].startswith("max-age=0")
    assert tus.stream(url, 8 * MB, Endless(8 * MB, MB), MB).status_code == 409
    rest = Endless(19 * MB + 7, LONG - 19 * MB - 7)
    assert tus.stream(url, 19 * MB + 7, rest, LONG - 19 * MB - 7).status_code == 204
    assert max(one.largest for one in (first, broken, rest)) <= 256 * 1024  # never held whole
    assert (tus.state(url)["state"], deferred) == ("checking", [token(url)])
    services.check_upload(token=token(url), at=timezone.now())  # as the worker does
    digest = hashlib.sha256(pattern(0, LONG)).hexdigest()
    held = Upload.objects.get()
    assert (held.state, held.sha256, held.size, held.type) == ("ready", digest, LONG, "txt")
    assert hashlib.sha256(store.blob_path(digest).read_bytes()).hexdigest() == digest
    assert not store.part_path(held.token).exists()


def test_broken_line_without_an_error_keeps_what_came(tus):
    """granian ends the body early instead of raising."""
    url = tus.made("a.txt", 3 * MB)
    tus.stream(url, 0, Endless(0, 3 * MB, breaks_after=MB + 1), 3 * MB)
    assert tus.head(url)["Upload-Offset"] == str(MB + 1)


def test_bytes_that_were_not_acknowledged_are_written_over(tus):
    """A process died after writing and before its commit: the part is longer than the offset."""
    url = tus.made("a.txt", 10)
    tus.patch(url, 0, b"01234")
    with store.part_path(token(url)).open("ab") as part:
        part.write(b"XXXXXXXXXXXX")
    tus.patch(url, 5, b"56789")
    assert tus.state(url)["state"] == "ready"
    assert store.blob_path(Upload.objects.get().sha256).read_bytes() == b"0123456789"


def test_more_than_was_announced_is_not_written(tus):
    url = tus.made("a.txt", 4)
    assert tus.patch(url, 0, b"abcdefgh")["Upload-Offset"] == "4"
    assert store.blob_path(Upload.objects.get().sha256).read_bytes() == b"abcd"
    assert tus.patch(url, 4, b"more").status_code == 409


def test_created_with_its_content_it_is_ready_at_once(tus):
    answer = tus.create("a.pdf", len(make.PDF), body=make.PDF)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, str(len(make.PDF)))
    told = tus.state(answer["Location"])
    assert (told["state"], told["share"], told["sentence"]) == ("ready", 100, "")


def test_checksum_that_differs_changes_nothing(tus):
    url = tus.made("a.txt", 10)

    def said(method, data):
        digest = base64.b64encode(hashlib.new(method, data).digest()).decode()
        return {"Upload-Checksum": f"{method} {digest}"}

    assert tus.patch(url, 0, b"01234", **said("sha1", b"spoilt")).status_code == 460
    assert tus.head(url)["Upload-Offset"] == "0"
    assert tus.patch(url, 0, b"01234", **said("sha256", b"01234")).status_code == 204
    assert tus.patch(url, 5, b"56789", **{"Upload-Checksum": "md5 eA=="}).status_code == 400
    assert tus.patch(url, 5, b"56789", **said("sha1", b"56789")).status_code == 204
    assert store.blob_path(Upload.objects.get().sha256).read_bytes() == b"0123456789"


@pytest.mark.parametrize(
    ("name", "length", "where", "status", "code"),
    [
        ("a.exe", 5, {}, 415, "files_type"),
        ("a.csv", 5, {}, 415, "files_type"),
        ("a.pdf", 0, {}, 422, "files_empty"),
        ("a.pdf", 64 * MB + 1, {}, 413, "files_too_large"),
        ("\u202e\0", 5, {}, 422, "files_name_missing"),
        ("a.pdf", 5, {"kind": "nothing"}, 422, "files_kind_unknown"),
        ("a.pdf", 5, {"owner": "thing:shut"}, 403, "forbidden"),
        ("a.pdf", "-5", {}, 400, "files_length_missing"),
        ("a.pdf", "9" * 20, {}, 400, "files_length_missing"),
    ],
)
def test_creation_is_refused_before_a_byte_came(tus, name, length, where, status, code):
    answer = tus.create(name, length, **where)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"].endswith("。")
    assert (Upload.objects.count(), list(store.list_parts())) == (0, [])


def test_metadata_that_is_no_base64_is_refused(tus):
    headers = VERSION | {"Upload-Length": "5", "Upload-Metadata": "filename ***"}
    answer = tus.client.post("/files/up/", content_type="", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "files_protocol")


def test_patch_of_another_content_type_is_refused(tus):
    url = tus.made("a.txt", 4)
    headers = VERSION | {"Upload-Offset": "0"}
    assert (
        tus.client.generic("PATCH", url, b"abcd", "text/plain", headers=headers).status_code == 415
    )


def test_quota_counts_what_is_coming_and_what_is_kept(tus, kind, clerk):
    kind(quota_bytes=100)
    actor = Actor(str(clerk.pk), "clerk")
    url = tus.send("a.txt", b"x" * 60)
    services.attach(
        actor=actor, upload=token(url), kind="thing", owner="thing:1", at=timezone.now()
    )
    second = tus.made("b.txt", 30)
    answer = tus.create("c.txt", 11)
    assert (answer.status_code, answer.json()["code"]) == (413, "files_quota")
    assert (
        answer.json()["sentence"]
        == "已上传的同类文件共90字节，加上本文件将超过100字节。请先移除不需要的文件。"
    )
    tus.client.delete(second, headers=VERSION)
    assert tus.create("c.txt", 40).status_code == 201


def test_quota_of_one_is_not_spent_by_another(tus, kind, other):
    kind(quota_bytes=100)
    tus.made("a.txt", 90)
    second = Client()
    second.force_login(other)
    assert Tus(second).create("a.txt", 90).status_code == 201


def test_full_disk_is_said_before_a_byte_came(tus, monkeypatch):
    monkeypatch.setattr(store, "RESERVE", 1 << 60)
    answer = tus.create("a.txt", 5)
    assert (answer.status_code, answer.json()["code"]) == (507, "files_disk_full")


def test_foreign_person_finds_no_upload(tus, other):
    url = tus.made("a.txt", 4)
    stranger, second = Client(), Client()
    second.force_login(other)
    for client, status in ((second, 404), (stranger, 401)):
        asked = Tus(client)
        assert [
            asked.head(url).status_code,
            client.get(url).status_code,
            asked.patch(url, 0, b"abcd").status_code,
            client.delete(url, headers=VERSION).status_code,
        ] == [status] * 4
    assert (Upload.objects.get().offset, store.part_path(token(url)).stat().st_size) == (0, 0)


def test_signed_out_person_is_told_that_nothing_is_lost(tus):
    url = tus.made("a.txt", 4)
    tus.client.logout()
    assert tus.patch(url, 0, b"abcd").json()["sentence"] == (
        "登录已过期。请在新窗口登录后继续上传，已传部分不会丢失。"
    )


def test_request_without_the_page_token_is_refused(clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    assert Tus(strict).create("a.txt", 4).status_code == 403
    assert Upload.objects.count() == 0


def test_strangers_of_one_address_cannot_reserve_what_all_strangers_share(kind):
    kind(can_upload=lambda _actor, _owner: True)
    statuses = [Tus(Client()).create("a.txt", 50 * MB).status_code for _time in range(9)]
    assert statuses == [201] * 7 + [429] * 2
    other = Tus(Client(REMOTE_ADDR="192.0.2.7"))
    assert other.create("a.txt", 50 * MB).status_code == 201


def test_stranger_may_upload_where_the_kind_lets_him(client, kind):
    kind(can_upload=lambda _actor, _owner: True, quota_bytes=10)
    asked = Tus(client)
    url = asked.send("a.txt", b"0123456789")
    assert asked.state(url)["state"] == "ready"
    assert Tus(Client()).state(url)["code"] == "files_signed_out"  # another stranger's session
    for _ in range(9):
        Tus(Client()).made("a.txt", 10)
    assert Tus(Client()).create("a.txt", 10).json()["code"] == "files_quota"
    stored = services.attach(
        actor=NOBODY, upload=token(url), kind="thing", owner="thing:1", at=timezone.now()
    )
    assert (stored.size, stored.by_name) == (10, "")


def test_expired_upload_is_gone_and_swept(tus):
    url = tus.made("a.txt", 4)
    tus.patch(url, 0, b"ab")
    assert tus.head(url)["Upload-Expires"].endswith("GMT")
    now = timezone.now()
    Upload.objects.update(expires_at=now - timedelta(seconds=1))
    assert (tus.head(url).status_code, tus.patch(url, 2, b"cd").status_code) == (410, 410)
    assert services.sweep(at=now) == 1
    assert (tus.head(url).status_code, list(store.list_parts())) == (404, [])


def test_each_piece_gives_another_day(tus):
    url = tus.made("a.txt", 4)
    Upload.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    tus.patch(url, 0, b"ab")
    assert Upload.objects.get().expires_at > timezone.now() + timedelta(hours=23)


def test_cancelled_upload_leaves_nothing(tus):
    url = tus.made("a.txt", 4)
    tus.patch(url, 0, b"ab")
    answer = tus.client.delete(url, headers=VERSION)
    assert (answer.status_code, Upload.objects.count(), list(store.list_parts())) == (204, 0, [])


def test_refused_file_says_why_and_is_not_kept(tus):
    url = tus.send("名册.zip", make.bomb(64))
    told = tus.state(url)
    assert (told["state"], told["sentence"]) == (
        "refused",
        "“名册.zip”解压后过大，不能接收。请分成几个压缩包上传。",
    )
    assert (list(store.list_parts()), list(store.list_blobs())) == ([], [])


def test_name_is_kept_without_what_could_deceive(tus):
    tus.send("C:\\我的\\通知\u202efdp.\x07pdf", make.PDF)
    assert Upload.objects.get().name == "通知fdp.pdf"


def test_crowd_is_asked_to_wait(tus, monkeypatch):
    from leitai.files.views import uploads

    url = tus.made("a.txt", 4)
    monkeypatch.setattr(uploads, "_WAIT_SECONDS", 0)
    monkeypatch.setattr(uploads, "_SLOTS", threading.BoundedSemaphore(1))
    uploads._SLOTS.acquire()
    answer = tus.patch(url, 0, b"abcd")
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    uploads._SLOTS.release()
    assert tus.patch(url, 0, b"abcd").status_code == 204


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_one_is_told_to_wait(tus, clerk):
    url = tus.made("a.txt", 8)
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Endless):
        def read(self, count=-1):
            begun.set()
            assert go_on.wait(20)
            return super().read(count)

    first = Client()
    first.force_login(clerk)
    answers = []

    def write():
        answers.append(Tus(first).stream(url, 0, Slow(0, 4), 4).status_code)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(20)
    second = tus.patch(url, 0, b"zzzz")
    go_on.set()
    thread.join()
    assert (second.status_code, second.json()["code"], answers) == (423, "files_busy", [204])
    assert tus.head(url)["Upload-Offset"] == "4"
    assert store.part_path(token(url)).read_bytes() == pattern(0, 4)


def test_kind_of_unknown_types_is_a_fault_of_the_room(kind):
    with pytest.raises(ValueError, match="exe"):
        kind(types=("pdf", "exe"))
    with pytest.raises(ValueError, match=r"\[\]"):
        kind(types=())
