"""What becomes of a checked upload: attached, shared, swept; and checks that a worker does."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leitai.base.actor import NOBODY, Actor
from leitai.files import selectors, services, store
from leitai.files.kinds import MB
from leitai.files.models import StoredFile, Upload
from leitai.files.names import clean_name, show_size
from leitai.kernel.errors import DomainError
from tests.rooms.files import content as make
from tests.rooms.files.wire import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(clerk):
    return Actor(str(clerk.pk), "蒲清越")


def attach(actor, url, owner="thing:1", kind="thing"):
    return services.attach(
        actor=actor, upload=token(url), kind=kind, owner=owner, at=timezone.now()
    )


def age(*paths, hours):
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    for path in paths:
        os.utime(path, (then, then))


def test_a_file_chosen_twice_is_one_upload(tus, actor):
    """The island goes on with the upload of an earlier visit: the form has its token twice."""
    once = token(tus.send("甲.pdf", make.PDF))
    ready = services.take_posted(
        actor=actor,
        holder=actor.account,
        kind="thing",
        owner="thing:1",
        tokens=[once, "", once],
        plain=[],
        at=timezone.now(),
    )
    assert ready == [once]


def test_attached_file_belongs_to_its_owner_in_order(tus, actor):
    first = attach(actor, tus.send("甲.pdf", make.PDF))
    second = attach(actor, tus.send("乙.txt", b"words"))
    attach(actor, tus.send("丙.txt", b"words"), owner="thing:2")
    assert selectors.list_files("thing:1") == [first, second]
    assert (first.name, first.type, first.by_name) == ("甲.pdf", "pdf", "蒲清越")
    assert selectors.get_file(second.pk).size == 5
    assert [*map(len, selectors.list_files_of(["thing:1", "thing:2", "thing:3"]).values())] == [
        2,
        1,
    ]


@pytest.mark.parametrize(
    ("owner", "what", "code"),
    [("thing:2", "thing", "files_elsewhere"), ("thing:1", "else", "files_elsewhere")],
)
def test_upload_for_one_matter_is_not_used_in_another(tus, actor, owner, what, code):
    url = tus.send("a.txt", b"words", owner="thing:1")
    with pytest.raises(DomainError, match=code):
        attach(actor, url, owner=owner, kind=what)
    assert StoredFile.objects.count() == 0


def test_foreign_and_unknown_uploads_are_not_found(tus, other):
    url = tus.send("a.txt", b"words")
    for who, what in ((Actor(str(other.pk), "x"), url), (NOBODY, url), (NOBODY, "/files/up/none")):
        with pytest.raises(DomainError, match="not_found"):
            attach(who, what)


def test_kind_is_asked_again_when_the_owner_is_known(tus, actor):
    with pytest.raises(DomainError, match="forbidden"):
        attach(actor, tus.send("a.txt", b"words"), owner="thing:shut")


def test_only_a_ready_upload_is_attached_and_only_once(tus, actor):
    unready = tus.made("a.txt", 9)
    refused = tus.send("b.pdf", b"no document")
    ready = tus.send("c.txt", b"words")
    attach(actor, ready)
    for url, code in (
        (unready, "files_not_ready"),
        (refused, "files_refused"),
        (ready, "files_attached"),
    ):
        with pytest.raises(DomainError, match=code):
            attach(actor, url)
    assert StoredFile.objects.count() == 1


def test_equal_content_lies_once_and_stays_while_anybody_has_it(tus, actor):
    attach(actor, tus.send("a.txt", b"words"))
    attach(actor, tus.send("b.txt", b"words"), owner="thing:2")
    assert len(list(store.list_blobs())) == 1
    blob = store.blob_path(StoredFile.objects.first().sha256)
    age(blob, hours=30)
    assert services.remove_files(owner="thing:1", kind="thing") == 1
    services.sweep(at=timezone.now())
    assert blob.exists()
    services.remove_files(owner="thing:2", kind="thing")
    Upload.objects.all().delete()
    assert services.sweep(at=timezone.now()) == 1
    assert not blob.exists()


def test_content_of_a_ready_upload_is_kept_until_it_expires(tus):
    tus.send("a.txt", b"words")
    blob = store.blob_path(Upload.objects.get().sha256)
    age(blob, hours=30)
    services.sweep(at=timezone.now())
    assert blob.exists()
    services.sweep(at=timezone.now() + timedelta(hours=25))
    assert (blob.exists(), Upload.objects.count()) == (False, 0)


def test_young_orphans_are_left_alone(tus):
    url = tus.made("a.txt", 9)
    part = store.part_path(token(url))
    Upload.objects.all().delete()
    assert (services.sweep(at=timezone.now()), part.exists()) == (0, True)
    age(part, hours=25)
    assert (services.sweep(at=timezone.now()), part.exists()) == (1, False)


def test_attached_upload_is_swept_and_the_file_stays(tus, actor):
    stored = attach(actor, tus.send("a.txt", b"words"))
    services.sweep(at=timezone.now() + timedelta(hours=25))
    assert (Upload.objects.count(), store.blob_path(stored.sha256).read_bytes()) == (0, b"words")


def test_folders_and_files_are_ours_alone(tus, actor):
    stored = attach(actor, tus.send("a.txt", b"words"))
    blob = store.blob_path(stored.sha256)
    assert [oct(path.stat().st_mode & 0o777) for path in (blob, blob.parent)] == ["0o600", "0o700"]
    assert oct(store.part_path("x").parent.stat().st_mode & 0o777) == "0o700"


def test_long_file_is_checked_by_the_worker_once(tus, deferred):
    url = tus.send("a.txt", b"x" * (8 * MB + 1))
    assert (tus.state(url)["state"], tus.state(url)["share"]) == ("checking", 0)
    done = services.check_upload(token=deferred[0], at=timezone.now())
    assert (done.state, tus.state(url)["share"]) == ("ready", 100)
    assert services.check_upload(token=deferred[0], at=timezone.now()) is None
    assert services.check_upload(token="unknown", at=timezone.now()) is None


def test_check_that_went_silent_is_asked_for_again(tus, deferred, monkeypatch):
    asked = []
    monkeypatch.setattr(services.sweeping, "defer_check", asked.append)
    tus.send("a.txt", b"x" * (8 * MB + 1))
    now = timezone.now()
    assert (services.recheck(at=now), services.recheck(at=now + timedelta(minutes=6))) == (0, 1)
    assert asked == deferred


def test_file_that_vanished_is_refused_not_an_accident(tus, deferred):
    tus.send("a.txt", b"x" * (8 * MB + 1))
    store.drop_part(deferred[0])
    assert services.check_upload(token=deferred[0], at=timezone.now()).refusal == "files_broken"


def test_plain_form_brings_files_where_no_script_runs(actor):
    found = services.take_posted(
        actor=actor,
        holder=actor.account,
        kind="thing",
        owner="",
        tokens=["", "known"],
        plain=[SimpleUploadedFile("a.pdf", make.PDF)],
        at=timezone.now(),
    )
    assert found[0] == "known"
    assert attach(actor, found[1]).name == "a.pdf"


@pytest.mark.parametrize(
    ("posted", "code"),
    [
        (SimpleUploadedFile("a.pdf", make.HTML), "files_type_differs"),
        (SimpleUploadedFile("a.pdf", b""), "files_empty"),
    ],
)
def test_plain_form_refuses_as_the_other_way_does(actor, posted, code):
    with pytest.raises(DomainError, match=code):
        services.take_posted(
            actor=actor,
            holder=actor.account,
            kind="thing",
            owner="",
            tokens=[],
            plain=[posted],
            at=timezone.now(),
        )


def test_plain_form_takes_no_large_file(actor):
    new = services.NewUpload("thing", "", "a.txt", 10 * MB + 1)
    with pytest.raises(DomainError, match="files_plain_too_large"):
        services.receive_whole(
            actor=actor, holder=actor.account, new=new, read=io.BytesIO().read, at=timezone.now()
        )


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("  名 册.xlsx ", "名 册.xlsx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\a\\b.pdf", "b.pdf"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ('a<b>"c".pdf', "abc.pdf"),
        ("字" * 200 + ".pdf", "字" * 116 + ".pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("...", ""),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (5, "5字节"),
        (1024, "1 KB"),
        (3 * MB + MB // 2, "3.5 MB"),
        (2 << 30, "2 GB"),
        (10 * MB - 1, "9.9 MB"),
    ],
)
def test_sizes_are_words(size, words):
    assert show_size(size) == words
