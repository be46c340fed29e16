"""The package's own question bank: every key is proved by the statute it names.

The statutes are not part of the repository. They lie in the shared folder beside it, or where
LEITAI_SHARED says; without them the proofs are skipped on a desk and fail in CI.
"""

import csv
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
BANK = REPO / "src" / "leitai" / "bank" / "data" / "bank-rsfw.csv"
SHARED = Path(os.environ.get("LEITAI_SHARED", REPO.parent / "shared"))
LAWS = SHARED / "data" / "laws"

HEADER = (
    "序号,题型,模块,知识点,题干,选项A,选项B,选项C,选项D,选项E,选项F,答案,解析,法律,版本,条款,引文"
)
COLUMNS = HEADER.split(",")
MODULES = [
    "党的路线方针政策",
    "就业创业",
    "社会保险",
    "人才人事",
    "劳动关系",
    "综合服务规范",
]
SINGLE, MULTIPLE, TRUE_FALSE, BLANKS = "单选", "多选", "判断", "填空"
CONSTITUTION, CONSTITUTION_DATE = "宪法", "2018-03-11"
BLANK = "____"
BETWEEN_BLANKS = "\uff1b"  # full-width semicolon
BETWEEN_VARIANTS = "|"
SHORTEST_PHRASE = 8
ARTICLE = re.compile(r"^(第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?)\s+(.*)$")


@cache
def rows():
    with BANK.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def of_type(kind):
    return [row for row in rows() if row["题型"] == kind]


def options(row):
    """The options in order; an empty one between two filled ones is kept, and so is found."""
    found = [row[f"选项{letter}"] for letter in "ABCDEF"]
    while found and not found[-1]:
        found.pop()
    return found


def numbers(broken):
    return [row["序号"] for row in broken]


def without_space(text):
    return re.sub(r"\s", "", text)


def statute(title, version):
    name = title if title == CONSTITUTION else f"{title}({version})"
    return LAWS / f"{name}.md"


@cache
def articles(path):
    """Article as printed → its text without white space, from its heading to the next one."""
    found, current = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = ARTICLE.match(line)
        if heading:
            current = heading[1]
            found[current] = heading[2]
        elif line.startswith("#"):
            current = None
        elif current:
            found[current] += line
    return {article: without_space(text) for article, text in found.items()}


def need_statutes():
    if LAWS.is_dir():
        return
    reason = (
        f"NO STATUTES AT {LAWS}: the keys of {BANK.name} were NOT proved. "
        "Set LEITAI_SHARED to the folder that holds data/laws."
    )
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def test_file_is_plain_utf8_with_the_agreed_header():
    raw = BANK.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.decode("utf-8").splitlines()[0] == HEADER


def test_every_row_is_complete_and_numbered_in_order():
    assert [row["序号"] for row in rows()] == [str(n) for n in range(1, len(rows()) + 1)]
    always = [name for name in COLUMNS if not name.startswith("选项")]
    broken = [
        row
        for row in rows()
        if None in row
        or None in row.values()
        or not all(row[name] for name in always)
        or any(value != value.strip() or "\n" in value for value in row.values())
    ]
    assert numbers(broken) == []


def test_types_reach_the_agreed_counts():
    counts = Counter(row["题型"] for row in rows())
    assert set(counts) == {SINGLE, MULTIPLE, TRUE_FALSE, BLANKS}
    assert counts[SINGLE] >= 90
    assert counts[MULTIPLE] >= 45
    assert counts[TRUE_FALSE] >= 12
    assert counts[BLANKS] >= 10


def test_every_module_has_its_share():
    assert {row["模块"] for row in rows()} == set(MODULES)
    per_module = Counter((row["模块"], row["题型"]) for row in rows())
    too_few_single = [m for m in MODULES if per_module[m, SINGLE] < 12]
    too_few_multiple = [m for m in MODULES if per_module[m, MULTIPLE] < 6]
    assert (too_few_single, too_few_multiple) == ([], [])


def test_topics_are_short_phrases():
    assert numbers(row for row in rows() if not 2 <= len(row["知识点"]) <= 10) == []


def test_single_choice_has_four_options_and_one_letter():
    broken = [
        row
        for row in of_type(SINGLE)
        if len(options(row)) != 4 or row["答案"] not in {"A", "B", "C", "D"}
    ]
    assert numbers(broken) == []


def test_multiple_choice_has_two_to_four_letters_in_order():
    broken = []
    for row in of_type(MULTIPLE):
        key, count = row["答案"], len(options(row))
        in_order = list(key) == sorted(set(key)) and set(key) <= set("ABCDEF"[:count])
        if count not in {4, 5} or not 2 <= len(key) <= 4 or not in_order:
            broken.append(row)
    assert numbers(broken) == []


def test_true_false_has_no_options_and_both_keys():
    broken = [row for row in of_type(TRUE_FALSE) if options(row) or row["答案"] not in {"对", "错"}]
    assert numbers(broken) == []
    assert {row["答案"] for row in of_type(TRUE_FALSE)} == {"对", "错"}


def test_each_blank_has_its_answer():
    broken = []
    for row in of_type(BLANKS):
        answers = [blank.split(BETWEEN_VARIANTS) for blank in row["答案"].split(BETWEEN_BLANKS)]
        blanks = row["题干"].count(BLANK)
        every_variant = all(variant for variants in answers for variant in variants)
        if options(row) or blanks not in {1, 2} or len(answers) != blanks or not every_variant:
            broken.append(row)
    assert numbers(broken) == []


def test_no_stem_and_no_option_is_repeated():
    stems = Counter(re.sub(r"[\W_]", "", row["题干"]) for row in rows())
    assert [stem for stem, count in stems.items() if count > 1] == []
    same = [row for row in rows() if len(set(options(row))) != len(options(row))]
    gaps = [row for row in rows() if not all(options(row))]
    assert (numbers(same), numbers(gaps)) == ([], [])


def test_no_letter_is_favoured():
    single = Counter(row["答案"] for row in of_type(SINGLE))
    multiple = Counter(letter for row in of_type(MULTIPLE) for letter in row["答案"])
    for counts in (single, multiple):
        spread = [counts[letter] for letter in "ABCD"]
        assert max(spread) - min(spread) <= sum(spread) // 10


def test_explanation_names_law_and_article():
    broken = [
        row
        for row in rows()
        if not 20 <= len(row["解析"]) <= 80
        or f"《{row['法律']}》" not in row["解析"]
        or row["条款"] not in row["解析"]
    ]
    assert numbers(broken) == []


def test_every_cited_version_is_there():
    need_statutes()
    missing = [row for row in rows() if not statute(row["法律"], row["版本"]).is_file()]
    assert numbers(missing) == []
    cited = {row["版本"] for row in rows() if row["法律"] == CONSTITUTION}
    assert cited == {CONSTITUTION_DATE}


def test_every_phrase_stands_under_its_article():
    need_statutes()
    broken = []
    for row in rows():
        path, phrase = statute(row["法律"], row["版本"]), without_space(row["引文"])
        text = articles(path).get(row["条款"], "") if path.is_file() else ""
        if len(phrase) < SHORTEST_PHRASE or phrase not in text:
            broken.append(row)
    assert numbers(broken) == []


def test_every_blank_is_answered_by_its_phrase():
    broken = [
        row
        for row in of_type(BLANKS)
        if not all(
            any(variant in row["引文"] for variant in blank.split(BETWEEN_VARIANTS))
            for blank in row["答案"].split(BETWEEN_BLANKS)
        )
    ]
    assert numbers(broken) == []
