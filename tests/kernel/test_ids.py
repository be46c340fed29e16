import pytest

from leitai.kernel import ids
from leitai.kernel.errors import DomainError


@pytest.mark.parametrize(
    ("entropy", "code"),
    [
        (bytes(10), "0" * 16),
        (b"\xff" * 10, "Z" * 16),
        (bytes(9) + b"\x01", "0" * 15 + "1"),
        (bytes(9) + b"\x20", "0" * 14 + "10"),
        (b"\x08" + bytes(9), "1" + "0" * 15),
    ],
)
def test_admission_code_writes_80_bits_in_16_letters(entropy, code):
    assert ids.admission_code(entropy) == code


def test_admission_code_refuses_other_lengths():
    with pytest.raises(DomainError) as caught:
        ids.admission_code(bytes(9))
    assert caught.value.code == "wrong_length"


@pytest.mark.parametrize(
    "typed",
    [
        "01AB-CDEF-GH00-11XY",
        "01abcdefgh0011xy",
        " oiab cdef ghOo lLxy ",
        "０１ＡＢ－ＣＤＥＦ－ＧＨ００－１１ＸＹ",
        "01AB—CDEF–GH00\t11XY",
    ],
)
def test_normalise_code_undoes_how_people_type(typed):
    assert ids.normalise_code(typed) == "01ABCDEFGH0011XY"


def test_show_code_groups_by_four():
    assert ids.show_code("01ABCDEFGH0011XY") == "01AB-CDEF-GH00-11XY"


def test_serial_pads_and_refuses_what_does_not_fit():
    assert ids.serial("SC2022-", 7, 4) == "SC2022-0007"
    assert ids.serial("", 9999, 4) == "9999"
    for number in (10000, -1):
        with pytest.raises(DomainError) as caught:
            ids.serial("", number, 4)
        assert caught.value.code == "serial_range"
