from datetime import date

import pytest

from leitai.kernel.errors import DomainError
from leitai.people import numbers
from tests.rooms.people.numbers import id_number, phone


def code_of(parse, text):
    with pytest.raises(DomainError) as caught:
        parse(text)
    assert text not in str(caught.value) or not text
    return caught.value.code


# 11010519491231002X is the example that GB 11643-1999 itself prints.
@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_id_number_of_the_standard_is_read_however_it_is_typed(typed):
    assert numbers.parse_id_number(typed) == "11010519491231002X"


def test_id_numbers_made_by_the_standards_recursion_are_read():
    made = {id_number(order=order) for order in range(1, 200)}
    assert {numbers.parse_id_number(one) for one in made} == made
    assert any(one.endswith("X") for one in made)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("110105194912310020", "id_number_check"),
        ("11010519491231003X", "id_number_check"),
        ("110105194913310021", "id_number_birth"),
        ("110105190002290021", "id_number_birth"),  # 1900 was no leap year
        ("110105491231002", "id_number_form"),  # fifteen digits, out of use
        ("1101051949123100XX", "id_number_form"),
        ("", "id_number_form"),
    ],
)
def test_id_number_that_cannot_be_right_is_refused_without_saying_it(typed, code):
    assert code_of(numbers.parse_id_number, typed) == code


def test_birth_stands_in_the_number():
    assert numbers.birth_of("11010519491231002X") == date(1949, 12, 31)


@pytest.mark.parametrize(
    "typed", ["19900000001", "+86 199-0000-0001", "008619900000001", "１９９００００００01"]
)
def test_phone_is_read_however_it_is_typed(typed):
    assert numbers.parse_phone(typed) == phone(1)


@pytest.mark.parametrize("typed", ["12900000001", "1990000000", "028-12345678", "+1 9900000001"])
def test_phone_of_another_kind_is_refused(typed):
    assert code_of(numbers.parse_phone, typed) == "phone_form"


def test_staff_number_is_letters_digits_and_dashes():
    assert numbers.parse_staff_number("ａb－００12") == "AB-0012"
    for typed in ("A" * 33, "A_1", "-A", "工1"):
        assert code_of(numbers.parse_staff_number, typed) == "staff_number_form"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("　贺 知秋 ", "贺知秋"),
        ("阿依古丽 . 买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提‧热合曼", "阿依古丽·买买提·热合曼"),
        ("巴特尔・ 乌兰", "巴特尔·乌兰"),
        ("𠮷田", "𠮷田"),
        ("㛃䶮", "㛃䶮"),
        ("王\ue863".replace("\ue863", "\ue864"), "王\u9fbb"),  # GB 18030-2005's private place
        ("Mary  Ann St. John", "Mary Ann St. John"),
        ("丙" * 50, "丙" * 50),
        ("𠮷" * 50, "𠮷" * 50),  # fifty characters, a hundred units of UTF-16
    ],
)
def test_name_is_kept_as_it_is_written(typed, kept):
    assert numbers.parse_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name_empty"),
        ("　 ", "name_empty"),
        ("丙" * 51, "name_long"),
        ("王\u200b明", "name_control"),
        ("王\x07明", "name_control"),
        ("王\ue000", "name_private"),
    ],
)
def test_name_that_nobody_could_read_is_refused(typed, code):
    assert code_of(numbers.parse_name, typed) == code


def test_masks_leave_enough_to_tell_apart_and_too_little_to_use():
    assert numbers.mask("id_number", "11010519491231002X") == "110105************"
    assert numbers.mask("phone", phone(1)) == "199****0001"
    assert numbers.mask("staff_number", "AB-12") == "***12"
    assert numbers.mask("bank_account", "6222000011112222") == "************2222"
    assert numbers.mask("phone", "1234") == "****"
    assert numbers.mask("name", "贺知秋") == "贺知秋"
