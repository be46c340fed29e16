"""How many officers it takes is data; a file that is not understood is refused as a whole."""

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import policy
from tests.rooms.ledger import test_proposals
from tests.rooms.ledger.test_proposals import bell  # noqa: F401  # a fixture


def test_packaged_policy_asks_for_two_down_to_the_prefecture():
    officers = policy.current().officers
    assert [officers("certificate.revoke", level) for level in policy.LEVELS] == [2, 2, 1, 1, 1]


def test_levels_are_those_of_the_organisation_tree():
    from leitai.units.enums import Level

    assert list(policy.LEVELS) == list(Level.values)


def test_named_deed_has_its_own_levels():
    said = policy.parse(
        b'format = "leitai-officers-1"\n[default]\ntwo = ["province"]\n'
        b'[deeds]\n"certificate.revoke" = ["county"]\n',
        name="o.toml",
    )
    assert [said.officers("certificate.revoke", level) for level in policy.LEVELS] == [
        *(1, 1, 2, 1, 1)
    ]
    assert [said.officers("other", level) for level in policy.LEVELS] == [2, 1, 1, 1, 1]


def test_level_that_there_is_not_is_a_mistake():
    with pytest.raises(ValueError, match="galaxy"):
        policy.current().officers("certificate.revoke", "galaxy")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format = ", [("o.toml", "officers_unreadable")]),
        (
            'two = 1\n[deeds]\n"moon.land" = "county"\n',
            [
                ("o.toml", "officers_format"),
                ("o.toml", "officers_key"),
                ("o.toml [default]", "officers_default"),
                ("o.toml [deeds]", "officers_deed"),
                ("o.toml [deeds] moon.land", "officers_levels"),
            ],
        ),
        (
            'format = "leitai-officers-1"\n[default]\ntwo = ["provinces"]\n',
            [("o.toml [default] two", "officers_level")],
        ),
        (
            'format = "leitai-officers-1"\ndeeds = 3\n[default]\ntwo = []\nfew = 1\n',
            [("o.toml [default]", "officers_default"), ("o.toml [deeds]", "officers_deeds")],
        ),
    ],
)
def test_wrong_file_is_refused_with_everything_that_is_wrong(text, told):
    with pytest.raises(Problems) as refused:
        policy.parse(text.encode(), name="o.toml")
    assert [(one.place, one.code) for one in refused.value.problems] == told


@pytest.mark.django_db
def test_file_instead_of_the_packaged_one(bell, settings, tmp_path):  # noqa: F811  # the fixture
    file = tmp_path / "officers.toml"
    settings.LEITAI_OFFICERS = str(file)
    with pytest.raises(DomainError, match="officers_missing"):
        test_proposals.propose()
    file.write_text('format = "leitai-officers-1"\n[default]\ntwo = ["country"]\n')
    with pytest.raises(Problems):  # nothing is done by one officer because of a slip of the pen
        test_proposals.propose()
    assert bell["by"] == []
    file.write_text('format = "leitai-officers-1"\n[default]\ntwo = []\n# one is enough\n')
    assert test_proposals.propose().state == "alone"
