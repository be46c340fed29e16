"""Bad rulebooks: each problem at its line and column, all of them at once.

In a case ``▲`` stands right before the place where the problem must be pointed at; the mark is
taken out before the text is read.
"""

import copy
import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import from_canonical, load, packaged
from leitai.rulebook.source import read_path, show_path
from leitai.rulebook.texts import TEXTS, text_of
from tests.rulebook.builders import MINI, MINI_TEXT


def problems_of(text):
    with pytest.raises(Problems) as caught:
        load(text, name="mini.yaml")
    return [(problem.place, problem.code) for problem in caught.value.problems]


def marked(text):
    """Take the marks out; give the text and each mark's FILE:LINE:COLUMN."""
    places = []
    while "▲" in text:
        before, _, after = text.partition("▲")
        places.append(
            f"mini.yaml:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"
        )
        text = before + after
    return text, places


HEAT = """    title: 晋级赛
    method: contest
    events: [exam]
    total: {sum: [exam]}
    ranking: {keys: [total, exam.multiple, exam.seconds]"""
AWARD = "  - {id: gold, title: 金奖, to: team, stage: final, ranks: [1, 1]}"
SCHOLAR = "stage: final, ranks: [1, 2]}"
TEAM_RULE = "      - {to: final, as: team, teams: 2, members: 2, guests: skip}"
TOP_RULE = "      - {to: final, as: individual, top: 5, except: already, guests: include}"
FINAL_TEAM = "    team: {title: 代表队成绩, of: advanced, top: 2"
LAST = "    exhausted: vacant\n"

CASES = [
    # ---- YAML
    ("year: 2022", "year: ▲2022.5", [("year", "yaml_float")]),
    ("year: 2022", "year: ▲" + "9" * 5000, [("year", "yaml_scalar")]),
    ('max: "100.00"', 'max: ▲"' + "9" * 5000 + '"', [("events.exam.max", "not_decimal")]),
    ("year: 2022", "year: ▲02022", [("year", "yaml_scalar")]),
    ("year: 2022", "▲year:", [("year", "yaml_null")]),
    ("year: 2022", "year: 2022\n▲year: 2023", [("year", "yaml_duplicate")]),
    ("year: 2022", "year: 2022\n▲2023: x", [("2023", "yaml_key")]),
    ("year: 2022", "year: 2022\n▲[a]: x", [("?", "yaml_key")]),
    ("[1, 1]", "▲!x [1, 1]", [("awards[0].ranks", "yaml_scalar")]),
    ("title: 小型比武", "title: ▲!x 小型比武", [("title", "yaml_scalar")]),
    # ---- shape
    ("year: 2022", 'year: ▲"2022"', [("year", "not_integer")]),
    ("year: 2022", "year: ▲22", [("year", "too_small")]),
    ("year: 2022", "year: ▲22222", [("year", "too_great")]),
    ("decimals: 2\n    keys", "decimals: ▲99\n    keys", [("events.exam.decimals", "too_great")]),
    ("top: 5", "top: ▲9999999", [("stages.heat.advance[1].top", "too_great")]),
    ("solo: {title: 个人赛, kind: person}", "▲solo: {kind: person}",
     [("tracks.solo.title", "missing_key")]),
    ("- {unit: a, name: 甲市}", "- ▲{unit: a}", [("delegations.also[0].name", "missing_key")]),
    ("year: 2022", "year: 2022\n▲yaer: 2022", [("yaer", "unknown_key_near")]),
    ("id: mini", "id: ▲[mini]", [("id", "not_text")]),
    ("id: mini", "id: ▲比赛", [("id", "bad_id")]),
    ("id: mini", "id: ▲Mini 1", [("id", "bad_id")]),
    ("year: 2022", "year: ▲２０２２", [("year", "not_half_width")]),
    ('max: "100.00"', 'max: ▲"１００"', [("events.exam.max", "not_half_width")]),
    ("id: mini", 'id: ▲" mini"', [("id", "blank_text")]),
    ('    max: "100.00"', "    max: ▲1e2", [("events.exam.max", "yaml_float")]),
    ('    max: "100.00"', '    max: ▲"1/3"', [("events.exam.max", "not_decimal")]),
    ("guest: true}", "guest: ▲yes}", [("delegations.also[3].guest", "not_boolean")]),
    ("tracks:\n", "calendar: {x: {title: 甲, words: 乙, latest: ▲6月}}\ntracks:\n",
     [("calendar.x.latest", "not_date")]),
    ("tracks:\n", "calendar: {x: {title: 甲, words: 乙, latest: ▲2022-06-31}}\ntracks:\n",
     [("calendar.x.latest", "not_date")]),
    (("events: [exam]\n    total: {sum: [exam]}\n    ranking: {keys: [total, exam.multiple, "
     "exam.seconds], unbroken: draw}\n    team: {title: 代表队成绩, of"),
     ("events: ▲exam\n    total: {sum: [exam]}\n    ranking: {keys: [total, exam.multiple, "
     "exam.seconds], unbroken: draw}\n    team: {title: 代表队成绩, of"),
     [("stages.final.events", "not_list")]),
    ("tracks:\n  solo: {title: 个人赛, kind: person}", "tracks: ▲solo", [("tracks", "not_mapping")]),
    ("kind: person", "kind: ▲people", [("tracks.solo.kind", "not_among")]),
    ("tracks:\n  solo:", "tracks:\n  ▲Solo:", [("tracks.Solo", "bad_name")]),
    ("tracks:\n  solo: {title: 个人赛, kind: person}", "tracks: ▲{}",
     [("tracks", "empty_mapping")]),
    ("unless: [scholar]", "unless: ▲[]", [("awards[3].unless", "empty_list")]),
    (SCHOLAR, "stage: final, ranks: ▲[1, 2, 3]}", [("awards[2].ranks", "wrong_count")]),
    (SCHOLAR, "stage: final, ranks: [▲0, 2]}", [("awards[2].ranks[0]", "too_small")]),
    (AWARD, AWARD.replace("  - {", "  - ▲{").replace("ranks", "top: 1, ranks"),
     [("awards[0]", "exactly_one")]),
    # ---- names
    ("rulebook: 1", "rulebook: ▲2", [("rulebook", "version_unknown")]),
    ("awards:\n", ("visibility:\n  ▲semi: {public: list, contestant: own, unit: own, "
     "committee: all, supervisor: all}\nawards:\n"), [("visibility.semi", "visibility_of_nothing")]),
    (TEAM_RULE, TEAM_RULE.replace("to: final", "to: ▲semi"), [("stages.heat.advance[0].to", "no_such_stage")]),
    (AWARD, AWARD.replace("stage: final", "stage: ▲semi"), [("awards[0].stage", "no_such_stage")]),
    ("    title: 总决赛\n", "    title: 总决赛\n    window: ▲august\n",
     [("stages.final.window", "no_such_window")]),
    (("    total: {sum: [exam]}\n    ranking: {keys: [total, exam.multiple, exam.seconds], "
     "unbroken: draw}\n    team: {title: 代表队成绩, of"),
     ("    total: {sum: [exam, ▲oral]}\n    ranking: {keys: [total, ▲exam.oral, ▲oral], "
     "unbroken: draw}\n    team: {title: 代表队成绩, of"),
     [("stages.final.total.sum[1]", "event_not_in_stage"),
      ("stages.final.ranking.keys[1]", "no_such_key"),
      ("stages.final.ranking.keys[2]", "no_such_key")]),
    # heat sends people to the final: it is decided first and can read nothing of it
    (HEAT, HEAT.replace("{sum: [exam]}", "{sum: [exam], carry: [{from: ▲final, share: 40/100}]}"),
     [("stages.heat.total.carry[0].from", "stage_not_before")]),
    (HEAT, HEAT.replace("exam.seconds", "▲stage:final.total"),
     [("stages.heat.ranking.keys[2]", "stage_not_before")]),
    ("unless: [scholar]", "unless: [▲genius]", [("awards[3].unless[0]", "no_such_award")]),
    ("unless: [scholar]", "unless: [▲star]", [("awards[3].unless[0]", "unless_cycle")]),
    ("unless: [scholar]", "unless: [▲gold]", [("awards[3].unless[0]", "unless_kind")]),
    ("to: final, as: team", "assumption: ▲ties, to: final, as: team",
     [("stages.heat.advance[0].assumption", "no_such_assumption")]),
    (LAST, LAST + "assumptions:\n  ▲ties: {question: 谁, chosen: 我, confirm: committee}\n",
     [("assumptions.ties", "unused_assumption")]),
    (LAST, LAST + "assumptions:\n  ties: {question: 谁, chosen: 我, confirm: committee, "
     'concerns: [stages.heat, "stages.heat.advance[1].top", ▲stages.heats, ▲"stages.heat.advance[2]"]}\n',
     [("assumptions.ties.concerns[2]", "no_such_path"),
      ("assumptions.ties.concerns[3]", "no_such_path")]),
    ("events:\n  exam:\n", ('events:\n  ▲oral: {title: 口试, kind: exam, max: "1", decimals: 0}\n'
     "  exam:\n"), [("events.oral", "unused_event")]),
    ("- {unit: b, name: 乙市}", "- {unit: ▲a, name: 乙市}",
     [("delegations.also[1].unit", "duplicate")]),
    ("id: silver", "id: ▲gold", [("awards[1].id", "duplicate")]),
    # ---- stages
    (TEAM_RULE, TEAM_RULE.replace("{", "▲{").replace("members: 2, ", ""),
     [("stages.heat.advance[0]", "members_unsaid")]),
    (TEAM_RULE, TEAM_RULE.replace("{", "▲{").replace(", guests: skip", ""),
     [("stages.heat.advance[0]", "guests_unsaid")]),
    (TOP_RULE, TOP_RULE.replace("{", "▲{").replace("except: already, ", ""),
     [("stages.heat.advance[1]", "except_unsaid")]),
    (TOP_RULE, TOP_RULE.replace("top: 5", "top: 5, members: ▲2"),
     [("stages.heat.advance[1].members", "members_without_teams")]),
    (TEAM_RULE, TEAM_RULE.replace("guests", "except: ▲already, guests"),
     [("stages.heat.advance[0].except", "except_nothing")]),
    # ---- numbers
    ('max: "100.00"', "max: ▲0", [("events.exam.max", "points_decimals")]),
    ('max: "100.00"', 'max: ▲"0.125"', [("events.exam.max", "points_decimals")]),
    ("decimals: 2\n    keys", ('decimals: 2\n    paper: ▲[{type: single, count: 40, points: "1.5"}]\n'
     "    keys"), [("events.exam.paper", "paper_sum")]),
    ("decimals: 2\n    keys", ("decimals: 2\n    paper:\n      - {type: single, count: 8, "
     'points: ▲"12.125"}\n      - {type: truefalse, count: 3, points: 1, partial: ▲share}\n'
     "    keys"), [("events.exam.paper[0].points", "points_decimals"),
                  ("events.exam.paper[1].partial", "partial_useless")]),
    ("ranks: [2, 2]", "ranks: ▲[1, 2]", [("awards[1].ranks", "award_overlap")]),
    ("ranks: [2, 2]", "ranks: ▲[2, 3]", [("awards[1].ranks", "award_beyond")]),
    (SCHOLAR, "stage: final, ranks: ▲[1, 10]}", [("awards[2].ranks", "award_beyond")]),
    (SCHOLAR, "stage: final, ranks: ▲[2, 1]}", [("awards[2].ranks", "ranks_order")]),
    (SCHOLAR, "stage: final, ranks: [1, 2], per: ▲delegation}",
     [("awards[2].per", "per_needs_top")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_a_bad_rulebook_is_refused_at_its_place(old, new, expected):
    assert MINI_TEXT.count(old) == 1, "the case must change one place"
    text, places = marked(MINI_TEXT.replace(old, new))
    found = problems_of(text)
    paths = [f"{place}: {path}" for place, (path, _) in zip(places, expected, strict=True)]
    assert found == list(zip(paths, [code for _, code in expected], strict=True))


EXTRA = """  extra:
    title: 附加赛
    method: contest
    events: [exam]
    total: {sum: [exam]}
    ranking: {keys: [total], unbroken: draw}
awards:
"""


def test_a_stage_that_nothing_feeds_must_be_where_the_season_begins():
    text = MINI_TEXT.replace("awards:\n", EXTRA)
    assert problems_of(text) == [
        (
            "mini.yaml:42:3: stages.extra",
            "stage_unreached",
        ),  # heat leads on: a beginning of its own
    ]
    load(text.replace("  extra:\n", "  extra:\n    quota: {per: stage, count: 9}\n"))


def test_a_circle_of_stages_names_each():
    text = MINI_TEXT.replace(
        FINAL_TEAM, "    advance: [{to: heat, as: individual, take: everyone}]\n" + FINAL_TEAM
    )
    assert [code for _, code in problems_of(text)] == ["stage_cycle", "stage_cycle"]


def test_a_nomination_has_no_contest_and_takes_everyone():
    text = MINI_TEXT.replace("    method: contest", "    method: nomination", 1)
    assert [code for _, code in problems_of(text)] == [
        "nomination_has_no",
        "nomination_has_no",
        "nomination_has_no",
        "nomination_takes_everyone",
        "nomination_takes_everyone",
        "award_needs_contest",
    ]


QUOTA_LINE = "    method: contest\n    quota: {per: stage, count: 99}\n"


def test_a_contest_needs_events():
    text = MINI_TEXT.replace(
        "awards:\n",
        "  extra: {title: 附加赛, method: contest, quota: {per: stage, count: 1}}\nawards:\n",
    )
    assert problems_of(text.replace("    method: contest\n", QUOTA_LINE, 1)) == [
        ("mini.yaml:43:3: stages.extra.events", "contest_needs")
    ]


def test_a_team_award_needs_a_team_score():
    text = "\n".join(line for line in MINI_TEXT.splitlines() if not line.startswith("    team: "))
    assert [code for _, code in problems_of(text)] == ["needs_team"] * 3


def test_of_advanced_needs_a_rule_that_sends_teams():
    text = MINI_TEXT.replace(TEAM_RULE + "\n", "").replace("except: already, ", "")
    assert [code for _, code in problems_of(text)] == ["no_team_advances"]


QUOTA = MINI_TEXT.replace(
    "stages:\n",
    "stages:\n  names:\n    title: 报名\n    method: nomination\n"
    "    quota: {per: delegation, count: 2}\n"
    "    advance: [{to: heat, as: individual, take: everyone}]\n",
)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("count: 2}", "count: 1}", "stages.heat.team.top"),
        ("members: 2", "members: ▲3", "stages.heat.advance[0].members"),
        ("    per: delegation\n    top: 1", "    per: delegation\n    top: ▲3", "awards[3].top"),
        (
            "    title: 总决赛\n",
            "    title: 总决赛\n    quota: {per: stage, count: 3}\n",
            "stages.heat.advance[0].members",
        ),
    ],
)
def test_quotas_must_add_up(old, new, path):
    load(QUOTA)
    text, places = marked(QUOTA.replace(old, new, 1))
    found = problems_of(text)
    assert found[0][0].endswith(f": {path}")
    assert found[0][1] in {"more_than_quota", "award_beyond"}
    assert not places or found[0][0] == f"{places[0]}: {path}"


def test_dates_go_forward():
    calendar = (
        "calendar:\n"
        "  one: {title: 一, words: 七月, earliest: 2022-07-02, latest: ▲2022-07-01}\n"
        "  two: {title: 二, words: 六月, latest: ▲2022-06-30}\n"
    )
    text = MINI_TEXT.replace("stages:\n", calendar + "stages:\n")
    text = text.replace("    title: 晋级赛\n", "    title: 晋级赛\n    window: one\n")
    text = text.replace("    title: 总决赛\n", "    title: 总决赛\n    window: two\n")
    text, places = marked(text)
    assert problems_of(text) == [
        (f"{places[0]}: calendar.one.latest", "dates_out_of_order"),
        (f"{places[1]}: calendar.two.latest", "dates_out_of_order"),
    ]


def test_all_problems_come_at_once_in_the_order_of_the_text():
    text = (
        MINI_TEXT.replace("year: 2022", "year: MMXXII")
        .replace("kind: person", "kind: people")
        .replace("top: 5", "tops: 5")
        .replace("ranks: [2, 2]", "ranks: [1, 2]")
    )
    assert [code for _, code in problems_of(text)] == [
        "not_integer",
        "not_among",
        "exactly_one",
        "unknown_key_near",
        "award_overlap",
    ]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", "mini.yaml", "yaml_empty"),
        ("# nothing\n", "mini.yaml", "yaml_empty"),
        ("a: [1,\nb: 2\n", "mini.yaml:1:4", "yaml_bracket_open"),
        ("a: 1\n---\nb: 1\n", "mini.yaml:2:1", "yaml_documents"),
        ("a: *b\n", "mini.yaml:1:4", "yaml_alias"),
        ("a: 1\nb: \x07\n", "mini.yaml:2:4", "yaml_character"),
        ("[" * 900, "mini.yaml", "yaml_deep"),
        ("[1]", "mini.yaml:1:1", "not_mapping"),
        ("1", "mini.yaml:1:1", "not_mapping"),
    ],
)
def test_what_is_no_rulebook_at_all_is_refused(text, place, code):
    assert problems_of(text) == [(place, code)]


def test_an_alias_is_refused_where_it_stands():
    text = MINI_TEXT.replace("[1, 1]", "&ranks [1, 1]").replace("[2, 2]", "*ranks")
    assert [code for _, code in problems_of(text)] == ["yaml_alias"]


def test_problems_read_in_both_languages():
    with pytest.raises(Problems) as caught:
        load(MINI_TEXT.replace("top: 5", "tops: 5"), name="mini.yaml")
    chinese, english = text_of(caught.value).split("\n"), text_of(caught.value, "en").split("\n")
    assert chinese[0] == (
        "mini.yaml:34:9: stages.heat.advance[1]: 以下各键须有且只有一个：take, teams, top, share, least, up_to。"
    )
    assert english[1].startswith(
        "mini.yaml:34:37: stages.heat.advance[1].tops: there is no key 'tops' here, perhaps 'top' is meant; the keys are"
    )


def test_an_unknown_event_is_said_once_and_not_again_in_every_key():
    text = MINI_TEXT.replace("    events: [exam]", "    events: [oral]", 1)
    assert problems_of(text) == [("mini.yaml:28:14: stages.heat.events[0]", "no_such_event")]


JUNK = st.sampled_from(
    [None, True, 0, -1, 10**30, "", "x", "stages", [], {}, [[]], {"a": 1}, ["x"]]
)


def paths_in(plain, path=()):
    yield path
    if isinstance(plain, dict | list):
        items = plain.items() if isinstance(plain, dict) else enumerate(plain)
        for key, value in items:
            yield from paths_in(value, (*path, key))


PLAIN = canonical.decode(load(QUOTA).canonical)  # the richest of the small ones


def problems_in(plain):
    try:
        from_canonical(canonical.encode(plain))
    except Problems as error:
        return error.problems
    return ()


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_wrong_is_a_problem_and_never_a_crash(data):
    """One part of a good rulebook, at any depth, is replaced by something else or taken out."""
    plain = copy.deepcopy(PLAIN)
    path = data.draw(st.sampled_from([path for path in paths_in(plain) if path]))
    parent = plain
    for part in path[:-1]:
        parent = parent[part]
    junk = data.draw(JUNK)
    if junk is None:
        del parent[path[-1]]
    else:
        parent[path[-1]] = junk
    for problem in problems_in(plain):
        assert problem.code in TEXTS
        assert text_of(problem)
        assert text_of(problem, "en")


def test_canonical_form_gives_the_same_rules():
    again = from_canonical(MINI.canonical)
    assert dataclasses.replace(again, text=MINI.text) == MINI
    assert again.hash == MINI.hash
    assert again.stage_order == ("heat", "final")
    assert canonical.decode(MINI.canonical)["events"]["exam"]["max"] == "100.00"


def test_canonical_form_is_checked_by_the_same_rules():
    plain = canonical.decode(MINI.canonical)
    plain["awards"][1]["ranks"] = [1, 2]
    with pytest.raises(Problems) as caught:
        from_canonical(canonical.encode(plain))
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [
        ("rulebook.json: awards[1].ranks", "award_overlap")
    ]


def test_the_hash_hangs_on_meaning_and_not_on_writing():
    assert load("# a remark\n" + MINI_TEXT).hash == MINI.hash
    assert load(MINI_TEXT.replace("ranks: [2, 2]", "ranks: [2, 2] ")).hash == MINI.hash
    assert load(MINI_TEXT.replace("top: 5", "top: 6")).hash != MINI.hash


def test_stage_order_follows_from_advancement():
    """The canonical form sorts its keys: ``final`` stands before ``heat`` in it."""
    lines = MINI_TEXT.replace("heat", "zheat")
    for rules in (load(lines), from_canonical(load(lines).canonical)):
        assert rules.stage_order == tuple(rules.stages) == ("zheat", "final")


def test_packaged_refuses_other_names():
    assert packaged("sichuan-2022").startswith("# ")
    for name in ("nowhere", "../library/sichuan-2022", ""):
        with pytest.raises(DomainError) as caught:
            packaged(name)
        assert caught.value.code == "no_such_rulebook"


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("stages", "final", "advance", 0, "to"), "stages.final.advance[0].to")],
)
def test_paths_are_written_and_read(path, text):
    assert show_path(path) == text
    assert read_path(text) == path
