"""Forms of the rulebook on the web: drawn, read back, checked, kept and shown."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from PIL import Image

from leitai.kernel.errors import DomainError
from leitai.people.numbers import check_digit
from leitai.rulebook.model import Form, FormField
from leitai.seasons import filling

ID = "00000019900307001"
ID += check_digit(ID)

FORM = Form(
    title="报名表",
    purpose="registration",
    fields=(
        FormField("name", "姓名", "person", "基本信息", required=True),
        FormField("sex", "性别", "choice", "基本信息", required=True, options=("男", "女")),
        FormField("id-number", "身份证号", "id-number", "基本信息", required=True),
        FormField("mobile", "手机", "mobile"),
        FormField("period", "执行时间", "months"),
        FormField("agreed", "是否同意", "yes-no"),
        FormField("helpers", "协助人员", "persons"),
        FormField("photo", "一寸证件照", "photo"),
        FormField(
            "contacts",
            "联络人员",
            "table",
            count=3,
            columns=(
                FormField("name", "姓名", "person", required=True),
                FormField("mobile", "手机", "mobile"),
            ),
        ),
        FormField(
            "evidence",
            "支撑材料目录",
            "table",
            rows=("照片", "视频"),
            columns=(FormField("what", "材料"),),
        ),
        FormField("opinion", "推荐意见", "long-text", by="delegation", required=True, words=5),
    ),
)

POSTED = {
    "f-name": ["  巴图  "],
    "f-sex": ["男"],
    "f-id-number": [ID.replace("0", "０")],
    "f-mobile": ["19900000001"],
    "f-period": ["2021-03", "2022-02"],
    "f-agreed": ["yes"],
    "f-helpers": ["甲，乙; 丙"],
    "f-contacts.0.name": ["张三"],
    "f-contacts.0.mobile": ["19900000002"],
    "f-contacts.1.name": [""],
    "f-contacts.1.mobile": [""],
    "f-evidence.0.what": [""],
    "f-evidence.1.what": ["两段"],
    "f-opinion": ["同意推荐"],
}


def _post(**changed):
    data = QueryDict(mutable=True)
    for name, values in {**POSTED, **changed}.items():
        data.setlist(name, values)
    return data


def test_read_gives_plain_answers():
    answers = filling.read(FORM, _post())
    assert answers == {
        "name": "巴图",
        "sex": "男",
        "id-number": ID,
        "mobile": "19900000001",
        "period": ["2021-03", "2022-02"],
        "agreed": "yes",
        "helpers": ["甲", "乙", "丙"],
        "contacts": [{"name": "张三", "mobile": "19900000002"}],
        "evidence": [{}, {"what": "两段"}],
        "opinion": "同意推荐",
    }
    assert filling.problems(FORM, answers) == {}


def test_read_of_one_side_keeps_what_the_other_wrote():
    standing = {"name": "巴图", "opinion": "同意"}
    answers = filling.read(FORM, _post(), by="delegation", standing=standing)
    assert answers == {"name": "巴图", "opinion": "同意推荐"}


def test_problems_stand_by_field_with_the_row_named():
    answers = filling.read(
        FORM,
        _post(
            **{
                "f-name": [""],
                "f-id-number": ["123"],
                "f-contacts.1.mobile": ["12"],
                "f-opinion": ["同意推荐该同志"],
            }
        ),
    )
    found = filling.problems(FORM, answers)
    assert found["name"] == "“姓名”未填写。请填写。"
    assert "身份证号" in found["id-number"]
    assert found["contacts"].startswith("第2行：“姓名”未填写")
    assert found["opinion"] == "“推荐意见”共7字，限5字以内。请精简。"
    assert set(found) == {"name", "id-number", "contacts", "opinion"}


def test_rows_are_for_reading_and_mask_numbers():
    answers = filling.read(FORM, _post())
    shown = dict(filling.rows(FORM, answers))
    assert shown["身份证号"] == "000000************"
    assert shown["手机"] == "199****0001"
    assert shown["执行时间"] == "2021年3月至2022年2月"
    assert shown["联络人员"] == "张三、199****0002"
    assert shown["支撑材料目录"] == "视频、两段"
    assert dict(filling.rows(FORM, answers, masked=False))["身份证号"] == ID


def test_boxes_draw_labels_values_and_sentences():
    answers = filling.read(FORM, _post(**{"f-name": [""]}))
    boxes = filling.fields(FORM, answers, filling.problems(FORM, answers))
    assert [box.field.id for box in boxes if box.new_section] == ["name"]
    page = render_to_string(
        "seasons/_form_fields.html", {"boxes": boxes, "kind": "registration", "owner": ""}
    )
    assert "“姓名”未填写。请填写。" in page
    assert 'name="f-contacts.2.name"' in page
    assert 'name="f-contacts.3.name"' not in page
    assert '<option value="男" selected>' in page
    assert 'value="2022-02"' in page
    assert "限5字以内" in page


def _picture(width, height):
    """Left third red, the middle green, the right blue."""
    image = Image.new("RGB", (width, height), "green")
    image.paste("red", (0, 0, width // 3, height))
    image.paste("blue", (width - width // 3, 0, width, height))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _pixel(data, x=150, y=200):
    return Image.open(BytesIO(data)).convert("RGB").getpixel((x, y))


def test_a_photo_is_cut_from_the_middle_or_as_chosen():
    picture = _picture(1800, 600)
    middle = filling.cropped(picture)
    assert Image.open(BytesIO(middle)).size == (295, 413)
    red, green, blue = _pixel(middle)
    assert green > 100 > red + blue
    red, green, blue = _pixel(filling.cropped(picture, "0,0,2380"))
    assert red > 200 > green + blue
    red, green, blue = _pixel(filling.cropped(picture, "99999,0,2380"))
    assert blue > 200 > green + red


def test_a_photo_that_is_none_is_refused():
    with pytest.raises(DomainError) as refused:
        filling.cropped(b"%PDF-1.7")
    assert refused.value.code == "photo_unreadable"
    with pytest.raises(DomainError) as small:
        filling.cropped(_picture(100, 100))
    assert small.value.code == "photo_small"
