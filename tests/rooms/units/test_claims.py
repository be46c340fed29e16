"""Claims of delegations: pure, checked against walking every unit."""

from hypothesis import given
from hypothesis import strategies as st

from leitai.units.claims import Overlap, Part, claimants, overlaps, shared_root

WHOLE = [Part(1, "15/1507/"), Part(1, "15/1507/150781/", out=True), Part(2, "15/1507/150781/")]


def test_deepest_part_of_each_delegation_decides():
    assert claimants("15/1507/150702/", WHOLE) == (1,)
    assert claimants("15/1507/150781/150781001/", WHOLE) == (2,)
    assert claimants("15/", WHOLE) == ()
    assert overlaps(WHOLE) == []


def test_inner_delegation_without_a_carve_out_is_counted_twice():
    assert overlaps([WHOLE[0], WHOLE[2]]) == [Overlap("15/1507/150781/", (1, 2))]


def test_codes_that_begin_alike_are_no_subtrees_of_each_other():
    assert claimants("15/1507-x/", WHOLE) == ()


def test_shared_root_is_the_deepest_unit_around_all():
    assert shared_root(["15/1507/", "15/1507/150781/"]) == "15/1507/"
    assert shared_root(["15/1507/", "15/1506/"]) == "15/"
    assert shared_root(["15/", "51/"]) == ""
    assert shared_root([]) == ""


STEPS = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map(lambda s: "/".join(s) + "/")
PARTS = st.lists(
    st.builds(Part, st.integers(1, 3), STEPS, st.booleans()),
    max_size=7,
    unique_by=lambda part: (part.delegation, part.path),
)


@given(PARTS)
def test_overlaps_are_found_exactly_where_units_are_counted_twice(parts):
    def below(path, depth):
        yield path
        if depth:
            for step in "ab":
                yield from below(f"{path}{step}/", depth - 1)

    everything = [path for top in "ab" for path in below(f"{top}/", 4)]
    twice = {path for path in everything if len(claimants(path, parts)) > 1}
    begun = [overlap.path for overlap in overlaps(parts)]
    assert set(begun) <= twice
    assert all(any(path.startswith(start) for start in begun) for path in twice)
