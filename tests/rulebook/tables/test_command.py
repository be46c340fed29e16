"""`leitai rulebook …` as people use it: real files, the real command line, exit codes."""

import json
import os
import subprocess
import sys

import pytest

from leitai.rulebook import json_schema, tables
from leitai.web.cli.main import main
from tests.rulebook.builders import CASES

TWO = "rulebook: 1\ntitle: 东乡知识竞赛\n"
BAD = "rulebook: 1\nid: bad\ntitle: 比武\nyear: MMXXII\ntracks:\n  solo: {titel: 个人赛}\n"


@pytest.fixture
def say(capsys, monkeypatch):
    """Run a command in this process; give the exit code, stdout and stderr."""
    monkeypatch.delenv("LEITAI_LANG", raising=False)

    def run(*words):
        code = main(["rulebook", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_the_real_command_line_without_a_database(tmp_path):
    out = tmp_path / "out"
    case = CASES / "torn-line"
    words = ["decide", case / "rulebook.yaml", "--data", case / "data", "--out", out]
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LEITAI_", "DJANGO_"))
    } | {"LEITAI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "LEITAI_HOME": str(out)}
    done = subprocess.run(
        [sys.executable, "-m", "leitai.web.cli", "rulebook", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert {path.name for path in out.iterdir()} == set(tables.OUT)
    assert "advance:final,a2;c1,draw" in (out / "blocked.csv").read_text(encoding="utf-8")


# ---- check


def test_check_is_silent_about_what_is_right(say, two):
    assert say("check", two, "sichuan-2022") == (0, "", "")


def test_check_names_file_line_column_path_and_mend(say, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = say("check", path)
    assert code == 2
    assert out.splitlines() == [
        f"{path}:4:7: year: 此处应为整数，不是“MMXXII”。",
        f"{path}:6:3: tracks.solo.title: 缺少“title”。请补上。",
        f"{path}:6:10: tracks.solo.titel: 没有“titel”这个键，是否应为“title”？可用的键：title, kind, source。",
    ]
    code, out, _ = say("check", path, "--json")
    first = json.loads(out.splitlines()[0])
    assert (first["file"], first["line"], first["column"]) == (str(path), 4, 7)
    assert (first["path"], first["code"]) == ("year", "not_integer")
    assert first["message"] == "此处应为整数，不是“MMXXII”。"
    code, out, _ = say("check", path, "--lang", "en")
    assert "this should be a whole number, not MMXXII" in out


def test_check_goes_on_after_a_file_that_cannot_be_read(say, tmp_path, two):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: ä".encode("latin-1"))
    code, out, _ = say("check", tmp_path / "none.yaml", latin, tmp_path, two)
    lines = out.splitlines()
    assert (code, len(lines)) == (2, 3)
    assert lines[0].startswith(f"{tmp_path / 'none.yaml'}: 不能读取")
    assert lines[1].startswith(f"{latin}: ")


# ---- explain, diff, when, simulate, schema, list


def test_explain_in_two_languages_and_as_a_page(say, two):
    code, out, _ = say("explain", two)
    assert code == 0
    assert out.startswith("东乡知识竞赛\n\n一、竞赛概况\n")
    assert "1. The contest" in say("explain", two, "--lang", "en")[1]
    assert say("explain", two, "--html")[1].startswith("<!doctype html>")


def test_a_rulebook_extends_a_file_beside_it(say, tmp_path, two):
    (tmp_path / "sub").mkdir()
    later = tmp_path / "sub" / "later.yaml"
    later.write_text("rulebook: 1\nextends: ../two.yaml\ntitle: 西乡知识竞赛\n", encoding="utf-8")
    assert say("explain", later)[1].startswith("西乡知识竞赛")
    code, out, _ = say("diff", two, later)
    assert code == 0
    assert out.splitlines() == [
        "修改 编号（id）：two → later",
        "修改 名称（title）：东乡知识竞赛 → 西乡知识竞赛",
    ]
    changes = [json.loads(line) for line in say("diff", two, later, "--json")[1].splitlines()]
    assert [change["path"] for change in changes] == ["id", "title"]


def test_when_a_window_closes(say):
    code, out, _ = say("when", "sichuan-2022", "selection", "--from", "2022-01-01T00:00")
    assert code == 0
    assert out.startswith("2022-06-11T00:00:00+08:00\n")
    code, _, err = say("when", "sichuan-2022", "selection", "--from", "tomorrow")
    assert (code, err) == (2, "“tomorrow”不是时刻。请写成如2022-06-10T16:00。\n")
    assert say("when", "sichuan-2022", "nothing", "--from", "2022-01-01T00:00")[0] == 2


SHOWN = """\
rulebook: 1
title: 竞赛
holidays:
  years: [2022]
  days_off: [{title: 国庆节, from: 2022-10-01, to: 2022-10-07}]
  source: 通知
publicity:
  list: {title: 公示, term: {within: 5, unit: working-days, from: publication}}
"""


def test_when_says_what_makes_a_deadline_uncertain(say, tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(SHOWN, encoding="utf-8")
    code, out, _ = say("when", path, "publicity.list", "--from", "2024-12-30T09:00")
    assert (code, len(out.splitlines())) == (0, 4)
    assert out.splitlines()[2].startswith("2024年的节假日安排未列入规则")
    assert out.splitlines()[3].startswith("2025年的节假日安排未列入规则")
    assert (
        len(say("when", path, "publicity.list", "--from", "2022-03-01T09:00")[1].splitlines()) == 2
    )


def test_when_needs_an_instant(say):
    code, _, err = say("when", "sichuan-2022", "selection")
    assert (code, err) == (2, "没有写明从何时起算。请加上--from，如--from 2022-06-10T16:00。\n")
    assert "--from" in say("when", "sichuan-2022", "selection", "--lang", "en")[2]


def test_when_takes_an_index_with_a_dot(say):
    rules, since = CASES / "deadlines" / "rulebook.yaml", ("--from", "2022-03-01T09:00")
    for path in ("appeals.event.levels[1]", "appeals.event.levels[0].answer"):
        found = say("when", rules, path, *since)
        assert found[0] == 0
        assert found == say("when", rules, path.replace("[", ".").replace("]", ""), *since)
    assert say("when", rules, "appeals.event.levels.7", *since)[0] == 2


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("rulebook: 1\ntitle: x\n" + "".join(f"k{n}: 1\n" for n in range(3000)))
    words = [sys.executable, "-m", "leitai.web.cli", "rulebook", "check", path]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_simulate_prints_a_table_and_the_same_one_again(say):
    words = ("simulate", "sichuan-2022", "--entrants", 100, "--seed", 4)
    code, out, _ = say(*words)
    assert code == 0
    assert "模拟100个报名" in out
    assert say(*words)[1] == out
    assert "100 invented entrants" in say(*words, "--lang", "en")[1]


def test_schema_and_list(say):
    code, out, _ = say("schema")
    assert (code, json.loads(out)) == (0, json_schema.json_schema())
    code, out, _ = say("list")
    assert code == 0
    assert "sichuan-2022\t2022年度四川人社窗口单位业务技能练兵比武活动\n" in out


# ---- decide


def test_decide_writes_every_table(say, tmp_path):
    case, out = CASES / "two-line", tmp_path / "a" / "b"
    assert say("decide", case / "rulebook.yaml", "--data", case / "data", "--out", out)[0] == 0
    assert {path.name for path in out.iterdir()} == set(tables.OUT)
    text = (out / "standings.csv").read_bytes()
    assert text.startswith(b"stage,track,board,rank,entry,total,decided_by\n")
    assert b"\r" not in text


def test_decide_refuses_and_writes_nothing(say, tmp_path, two):
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    (data / "entries.csv").write_text("entry\na\nb\n", encoding="utf-8")
    (data / "scores.csv").write_text("entry,score\na,x\nz,1\n", encoding="utf-8")
    code, _, err = say("decide", two, "--data", data, "--out", out)
    assert code == 2
    assert not out.exists()
    assert err.splitlines()[0] == "scores.csv:2: “score”的值“x”不是小数。请写成如86.50。"
    (data / "scores.csv").write_text("entry,score\na,1\nb,1\nz,1\n", encoding="utf-8")
    code, _, err = say("decide", two, "--data", data, "--out", out)
    assert (code, out.exists()) == (2, False)
    assert err == "scores.csv:4: 该阶段没有参赛对象“z”。请核对编号。\n"
    (data / "entries.csv").write_bytes(b"entry\n\xff\n")
    code, _, err = say("decide", two, "--data", data, "--out", out)
    assert (code, out.exists()) == (2, False)
    assert err.startswith("entries.csv: 第6字节处不是UTF-8编码")


def test_decide_says_what_it_does_not_read(say, tmp_path, two):
    data = tmp_path / "data"
    data.mkdir()
    (data / "score.csv").write_text("x", encoding="utf-8")
    (data / "entries.csv").write_text("entry\na\n", encoding="utf-8")
    code, _, err = say("decide", two, "--data", data, "--out", tmp_path / "out")
    assert (code, err) == (0, "score.csv不在约定的文件名中，没有读取。\n")


@pytest.mark.parametrize(
    "files", [{}, {"score.csv": "entry\na\n"}, {"entries.csv": "\ufeff\r\n,,\n"}]
)
def test_decide_refuses_a_folder_without_data(say, tmp_path, two, files):
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    for name, text in files.items():
        (data / name).write_text(text, encoding="utf-8")
    code, _, err = say("decide", two, "--data", data, "--out", out)
    assert (code, out.exists()) == (2, False)
    assert err.splitlines()[-1].startswith(
        f"文件夹{data}中没有可读的数据。应有以下文件之一：entries.csv"
    )


def test_a_refusal_leaves_no_earlier_outcome_behind(say, tmp_path, two):
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    (data / "entries.csv").write_text("entry\na\n", encoding="utf-8")
    (data / "scores.csv").write_text("entry,score\na,5\n", encoding="utf-8")
    assert say("decide", two, "--data", data, "--out", out)[0] == 0
    (out / "awards.csv").write_text("one,of,mine\n", encoding="utf-8")
    (out / "remarks.txt").write_text("mine", encoding="utf-8")
    (data / "scores.csv").write_text("entry,score\na,x\n", encoding="utf-8")
    code, _, err = say("decide", two, "--data", data, "--out", out)
    assert code == 2
    assert {path.name for path in out.iterdir()} == {"awards.csv", "remarks.txt"}
    assert err.splitlines() == [
        f"{out}中上次的{len(tables.OUT) - 1}份结果已删去，以免误作本次结果。",
        "scores.csv:2: “score”的值“x”不是小数。请写成如86.50。",
    ]


def test_decide_needs_a_folder_of_data_and_a_place_to_write(say, tmp_path, two):
    code, _, err = say("decide", two, "--data", tmp_path / "none", "--out", tmp_path / "out")
    assert (code, err) == (2, f"没有文件夹{tmp_path / 'none'}。请核对路径。\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "entries.csv").write_text("entry\na\n", encoding="utf-8")
    code, _, err = say("decide", two, "--data", tmp_path / "data", "--out", two)
    assert code == 2
    assert err.startswith(f"不能写入{two}")


def test_a_file_that_is_not_there_is_said_in_a_sentence(say, tmp_path):
    code, _, err = say("explain", tmp_path / "none.yaml")
    assert code == 2
    assert err.startswith(f"不能读取{tmp_path / 'none.yaml'}")
