from leitai.units.intake import Node, plan


def weigh(*rows, known=()):
    cells = [
        (number, dict(zip(("code", "parent", "name", "level"), row, strict=True)))
        for number, row in enumerate(rows, start=2)
    ]
    return plan(cells, {node.code: node for node in known}, lambda number: f"第{number}行")


def said(outcome):
    return [(problem.place, problem.code) for problem in outcome.problems]


SICHUAN = Node("51", "", "四川省", "province", "place", "51/")
CHENGDU = Node("5101", "51", "成都市", "prefecture", "place", "51/5101/")
JINJIANG = Node("510104", "5101", "锦江区", "county", "place", "51/5101/510104/")


def test_plan_adds_children_before_their_parents():
    outcome = weigh(("5101", "51", "成都市", "prefecture"), ("51", "", "四川省", "province"))
    assert outcome.problems == ()
    assert outcome.added == (CHENGDU, SICHUAN)


def test_plan_counts_what_is_the_same_and_what_is_renamed():
    outcome = weigh(
        ("51", "", "四川省", "province"),
        ("5101", "51", "成都", "prefecture"),
        known=(SICHUAN, CHENGDU),
    )
    assert outcome.unchanged == 1
    assert outcome.changed == (Node("5101", "51", "成都", "prefecture", "place", "51/5101/"),)
    assert outcome.moved == ()


def test_plan_moves_what_hangs_below_a_moved_unit():
    chongqing = Node("50", "", "重庆市", "province", "place", "50/")
    outcome = weigh(
        ("5101", "50", "成都市", "prefecture"), known=(SICHUAN, CHENGDU, JINJIANG, chongqing)
    )
    assert outcome.changed == (Node("5101", "50", "成都市", "prefecture", "place", "50/5101/"),)
    assert outcome.moved == (
        Node("510104", "5101", "锦江区", "county", "place", "50/5101/510104/"),
    )


def test_plan_refuses_every_bad_row_at_once():
    outcome = weigh(
        ("51", "", "四川省", "province"),
        ("5101", "51", "", "prefecture"),
        ("5101", "51", "成都市", "prefecture"),
        ("51 03", "51", "自贡市", "prefecture"),
        ("510104", "5199", "锦江区", "county"),
        ("510105", "51", "青羊区", "district"),
    )
    assert sorted(said(outcome)) == [
        ("第3行", "unit_name_empty"),
        ("第4行", "unit_code_twice"),
        ("第5行", "unit_code_form"),
        ("第6行", "unit_parent_unknown"),
        ("第7行", "unit_level_unknown"),
    ]
    assert outcome.added == ()


def test_plan_names_the_rows_of_a_cycle_and_not_what_hangs_below_it():
    outcome = weigh(
        ("5101", "5102", "甲市", "prefecture"),
        ("5102", "5101", "乙市", "county"),
        ("510201", "5102", "丙镇", "township"),
    )
    assert [(place, code) for place, code in said(outcome) if code == "unit_cycle"] == [
        ("第2行", "unit_cycle"),
        ("第3行", "unit_cycle"),
    ]
    assert outcome.problems[-1].data["loop"] == "5101 → 5102 → 5101"


def test_plan_refuses_a_cycle_through_the_known_tree():
    outcome = weigh(("51", "510104", "四川省", "province"), known=(SICHUAN, CHENGDU, JINJIANG))
    assert ("第2行", "unit_cycle") in said(outcome)


def test_plan_refuses_a_unit_that_is_its_own_parent():
    outcome = weigh(("51", "51", "四川省", "province"))
    assert ("第2行", "unit_cycle") in said(outcome)


def test_plan_holds_levels_in_order():
    outcome = weigh(
        ("51", "", "四川省", "province"),
        ("5101", "51", "成都市", "province"),
        ("510100", "5101", "县", "county"),
        ("51010001", "510100", "市", "prefecture"),
    )
    assert said(outcome) == [("第3行", "unit_level_order"), ("第5行", "unit_level_order")]


def test_plan_lets_a_place_skip_a_level():
    outcome = weigh(("51", "", "四川省", "province"), ("519001", "51", "省直辖县", "county"))
    assert [node.path for node in outcome.added] == ["51/", "51/519001/"]


def test_plan_refuses_a_level_that_a_child_outside_the_file_no_longer_suits():
    outcome = weigh(("5101", "51", "成都市", "township"), known=(SICHUAN, CHENGDU, JINJIANG))
    assert said(outcome) == [("第2行", "unit_level_order")]


def test_plan_keeps_a_known_kind_when_the_file_has_none():
    body = Node("51-province", "51", "省本级", "province", "body", "51/51-province/")
    outcome = weigh(("51-province", "51", "省本级", "province"), known=(SICHUAN, body))
    assert (outcome.unchanged, outcome.problems) == (1, ())


def test_plan_refuses_a_place_under_a_body():
    body = Node("51-province", "51", "省本级", "province", "body", "51/51-province/")
    outcome = weigh(("5101", "51-province", "成都市", "prefecture"), known=(SICHUAN, body))
    assert said(outcome) == [("第2行", "unit_parent_body")]


def test_plan_of_a_long_cycle_stays_short():
    rows = [(f"u{at}", f"u{(at + 1) % 3000}", "甲", "village") for at in range(3000)]
    outcome = weigh(*rows)
    cycles = [problem for problem in outcome.problems if problem.code == "unit_cycle"]
    assert len(cycles) == 3000
    assert cycles[0].data["loop"] == "u0 → u1 → u2 → u3 → u4 → u5 → u6 → u7 → … → u0"
