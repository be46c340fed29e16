import base64
import html
import json
import re
import subprocess
import sys

import pytest

from leitai.ledger import rules, selectors, services
from leitai.ledger.models import Checkpoint, LedgerEntry
from tests.factories import people
from tests.factories import seasons as make
from tests.house import REPO

pytestmark = pytest.mark.django_db
PAGE = f"/ledger/{make.CODE}/"
PAGE_QUERIES, ENTRY_QUERIES = 12, 9


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def as_role(client):
    def sign(role, season=make.CODE):
        if role:
            client.force_login(people.account(f"a-{role}", role, season=season))
        return client

    return sign


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *(("", 302), ("unit_manager", 403), ("exam_officer", 403), ("operator", 403)),
        *(("supervisor", 200), ("office", 200), ("leader", 200)),
    ],
)
def test_chain_page_opens_for(as_role, role, status):
    make.draft()
    assert as_role(role).get(PAGE).status_code == status


def test_chain_page_of_another_season_stays_shut(as_role):
    make.draft()
    assert as_role("supervisor", season="other").get(PAGE).status_code == 403


def test_chain_page_reads_only(as_role):
    make.draft()
    assert as_role("supervisor").post(PAGE).status_code == 405


def test_chain_page_lists_newest_first_in_words(as_role):
    season = make.draft()
    make.set_windows(season)
    page = text_of(as_role("supervisor").get(PAGE))
    assert page.index("全省总决赛") < page.index("建立代表队") < page.index("建立赛季")
    assert "6条记录首尾相连" in page  # the appointment is one of them
    assert "蒲清越" in page


def test_chain_page_names_the_first_broken_link(as_role):
    make.draft()
    LedgerEntry.objects.filter(chain=make.CODE, seq=2).update(subject="season:x")
    page = text_of(as_role("supervisor").get(PAGE))
    assert ("自第2条起不相连" in page, "记录被改动过" in page) == (True, True)


def test_chain_page_names_a_cut_tail(as_role):
    make.set_windows(make.draft())
    client = as_role("supervisor")
    count = services.make_checkpoint(chain=make.CODE, at=make.AT).count
    assert f"前{count}条以检查点为准" in text_of(client.get(PAGE))
    LedgerEntry.objects.filter(chain=make.CODE, seq__gte=count - 1).delete()
    assert f"检查点载明{count}条，现只有{count - 2}条" in text_of(client.get(PAGE))


def test_chain_page_says_which_entries_it_did_not_check(as_role, monkeypatch):
    monkeypatch.setattr("leitai.ledger.services.verifying.PAGE_LIMIT", 2)
    make.draft()
    client = as_role("supervisor")
    count = LedgerEntry.objects.filter(chain=make.CODE).count()
    assert f"还没有检查点：前{count - 2}条本页没有核验" in text_of(client.get(PAGE))
    vouched = services.make_checkpoint(chain=make.CODE, at=make.AT).count
    make.set_windows(make.Season.objects.get())
    last = LedgerEntry.objects.filter(chain=make.CODE).count()
    page = text_of(client.get(PAGE))
    assert last - vouched > 2
    assert f"前{vouched}条以检查点为准；第{vouched + 1}条至第{last - 2}条本页没有核验" in page


def test_chain_page_turns_pages(as_role):
    make.draft()
    for number in range(60):
        services.append(
            chain=make.CODE,
            actor=make.OFFICE,
            act="calendar.set",
            subject="season:x",
            data={"title": f"第{number}项"},
            at=make.AT,
        )
    client = as_role("supervisor")
    assert ("第59项" in text_of(client.get(PAGE)), "第9项" in text_of(client.get(PAGE))) == (
        True,
        False,
    )
    assert "第9项" in text_of(client.get(f"{PAGE}?page=2"))
    assert client.get(f"{PAGE}?page=nonsense").status_code == 200


@pytest.mark.parametrize("entries", [1, 3])
def test_chain_page_takes_as_many_queries_however_many_rows(
    as_role, django_assert_num_queries, entries
):
    season = make.draft()
    for _ in range(entries):
        make.set_windows(season)
    client = as_role("supervisor")
    client.get(PAGE)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PAGE)


def test_line_of_an_act_nobody_named_shows_its_code():
    entry = services.append(
        chain="s", actor=make.OFFICE, act="moon.landed", subject="moon:1", data={}, at=make.AT
    )
    line = selectors.lines([entry])[0]
    assert (line.title, line.detail, line.subject) == ("moon.landed", "", "moon:1")
    assert json.loads(line.payload)["data"] == {"by": "蒲清越"}


def test_line_of_an_older_form_shows_no_detail():
    entry = services.append(
        chain="s", actor=make.OFFICE, act="calendar.set", subject="x", data={}, at=make.AT
    )
    assert selectors.lines([entry])[0].detail == ""


def test_checked_tail_gives_verdict_and_newest_lines(django_assert_num_queries):
    make.draft()
    with django_assert_num_queries(4):  # counts, checkpoints, entries to walk, newest lines
        verdict, lines = selectors.checked_tail(make.CODE, 1)
    assert (verdict.ok, verdict.count, [line.seq for line in lines]) == (True, 2, [2])


def listed(client, **wanted):
    """The numbers of the entries on the page."""
    return [int(n) for n in re.findall(rf'href="{PAGE}(\d+)/"', text_of(client.get(PAGE, wanted)))]


def test_chain_page_filters_by_act_actor_day_and_subject(as_role):
    season = make.draft()
    client = as_role("supervisor")
    make.set_windows(season)
    everything = listed(client)
    windows = [e.seq for e in LedgerEntry.objects.filter(act="calendar.set").order_by("-seq")]
    assert (len(windows), listed(client, act="calendar.set")) == (3, windows)
    assert listed(client, by="清越") == windows
    assert listed(client, subject="window:", by="清越") == listed(client, subject="window:")
    assert listed(client, first="2022-04-01", last="2022-04-01") == [
        e.seq for e in LedgerEntry.objects.filter(chain=make.CODE, at=make.AT).order_by("-seq")
    ]
    assert listed(client, first="2022-04-02") == []
    assert listed(client, first="2022-03-01", last="2022-04-01") == everything


def test_chain_page_says_what_is_wrong_with_the_days(as_role):
    make.draft()
    page = text_of(as_role("supervisor").get(PAGE, {"first": "2022-05-02", "last": "2022-05-01"}))
    assert "截止日期早于起始日期" in page


def test_day_is_a_day_of_shanghai(as_role):
    make.draft()
    client = as_role("supervisor")
    late = make.AT.replace(hour=16, minute=30)  # half past midnight of the next day in Shanghai
    entry = services.append(
        chain=make.CODE, actor=make.OFFICE, act="a.b", subject="x", data={}, at=late
    )
    assert listed(client, first="2022-04-02", last="2022-04-02") == [entry.seq]


def test_entry_page_shows_everything_that_is_hashed(as_role):
    make.set_windows(make.draft())
    client = as_role("supervisor")
    entry = LedgerEntry.objects.get(chain=make.CODE, seq=3)
    page = text_of(client.get(f"{PAGE}3/"))
    for said in (
        bytes(entry.digest).hex(),
        bytes(entry.prev_digest).hex(),
        html.escape(bytes(entry.payload).decode()).replace("&#x27;", "&#39;"),
        "calendar.set",
        "摘要相符，与上一条相连",
        f'rel="prev" href="{PAGE}2/"',
        f'rel="next" href="{PAGE}4/"',
    ):
        assert said in page.replace("&quot;", "&quot;")
    assert client.get(f"{PAGE}99/").status_code == 404


def test_entry_page_tells_a_changed_entry(as_role):
    make.draft()
    client = as_role("supervisor")
    LedgerEntry.objects.filter(chain=make.CODE, seq=2).update(payload=b"{}")
    page = text_of(client.get(f"{PAGE}2/"))
    assert "摘要不符，或与上一条不相连" in page
    assert client.get(PAGE).status_code == 200


def test_entry_page_asks_little(as_role, django_assert_num_queries):
    make.draft()
    client = as_role("supervisor")
    client.get(f"{PAGE}1/")
    with django_assert_num_queries(ENTRY_QUERIES):
        client.get(f"{PAGE}1/")


@pytest.mark.parametrize(
    ("role", "season", "house", "seasons"),
    [
        ("audit_admin", "", 200, 200),
        ("operator", "", 403, 403),
        ("security_admin", "", 403, 403),
        ("office", "", 403, 200),
        ("supervisor", make.CODE, 403, 200),
    ],
)
def test_house_chain_is_read_by_the_audit_administrator_only(as_role, role, season, house, seasons):
    make.draft()
    client = as_role(role, season=season)
    for part in ("", "1/", "checkpoint/", "export/"):
        assert client.get(f"/ledger/house/{part}").status_code == house
        assert client.get(f"{PAGE}{part}").status_code == seasons


def test_part_of_the_tree_does_not_read_for_the_province():
    below = people.actor("supervisor", season=make.CODE, unit="51/5101/")
    auditor = people.actor("audit_admin", unit="51/5101/")
    assert not rules.can_read_chain(below, make.CODE, "51/")
    assert not rules.can_read_chain(auditor, make.CODE, "51/")
    assert not rules.can_read_chain(auditor, rules.HOUSE, None)


def test_checkpoint_page_signs_for_supervisors_only(as_role):
    make.draft()
    page = f"{PAGE}checkpoint/"
    office = as_role("office")
    assert "还没有检查点" in text_of(office.get(page))
    assert office.post(page).status_code == 403
    answer = as_role("supervisor").post(page, follow=True)
    made = Checkpoint.objects.get(chain=make.CODE)
    shown = text_of(answer)
    assert (f"载明{made.count}条" in shown, bytes(made.head).hex() in shown) == (True, True)
    assert base64.urlsafe_b64encode(bytes(made.signature)[:12]).decode() in shown
    assert 'src="data:image/svg+xml;base64,' in shown


def test_printed_line_verifies_as_a_file(as_role, tmp_path):
    make.draft()
    as_role("supervisor").post(f"{PAGE}checkpoint/")
    file = tmp_path / "scanned.txt"
    file.write_text(selectors.printed_checkpoint(make.CODE).line, encoding="utf-8")
    last = LedgerEntry.objects.filter(chain=make.CODE).last()
    Checkpoint.objects.all().delete()
    last.delete()
    verdict = services.verify_all(chain=make.CODE, file=file)[make.CODE]
    assert (verdict.ok, verdict.fault, verdict.claimed) == (False, "cut", last.seq)


def test_export_is_verified_by_the_program_of_the_format_page(as_role, tmp_path):
    """docs/formats/ledger.md has a verifier for strangers: it runs here as it stands there."""
    make.set_windows(make.draft())
    client = as_role("supervisor")
    services.make_checkpoint(chain=make.CODE, at=make.AT)
    answer = client.get(f"{PAGE}export/")
    assert answer["Content-Disposition"] == f'attachment; filename="ledger-{make.CODE}.jsonl"'
    lines = b"".join(answer.streaming_content).decode().splitlines(keepends=True)
    count = LedgerEntry.objects.filter(chain=make.CODE).count()
    assert (len(lines), json.loads(lines[-1])["checkpoint"]["count"]) == (count + 1, count)
    assert run_verifier(tmp_path, lines) == (
        0,
        f"{count} entries hold; checkpoint at {count} holds",
    )
    lines[1], lines[2] = lines[2], lines[1]
    assert run_verifier(tmp_path, lines) == (1, "entry 3 does not follow")
    assert run_verifier(tmp_path, [*lines[:1], lines[-1]]) == (1, "cut: 1 entries")


def run_verifier(folder, lines):
    guide = (REPO / "docs" / "formats" / "ledger.md").read_text(encoding="utf-8")
    program, file = folder / "verify.py", folder / "export.jsonl"
    program.write_text(re.search(r"(?s)```python\n(.*?)```", guide).group(1), encoding="utf-8")
    file.write_text("".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, file], capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout.strip() or done.stderr
