"""Forms in plain words, one section each."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from leitai.rulebook.model import Form, FormField, Window
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Section, Words, clause
from leitai.rulebook.procedure.windows import binding_day
from leitai.rulebook.procedure.wording import show_term

Pair = tuple[str, str]
FILLERS: Final[Mapping[str, Pair]] = {
    "entrant": ("参赛者", "the entrant"),
    "leader": ("领队", "the leader"),
    "unit": ("所在单位", "the unit"),
    "delegation": ("代表队", "the delegation"),
    "committee": ("组委会", "the committee"),
}
_PER: Final[Mapping[str, Pair]] = {
    "entry": ("每个参赛对象", "each entry"),
    "person": ("每人", "each person"),
    "work": ("每件作品", "each work"),
    "unit": ("每个单位", "each unit"),
    "delegation": ("每个代表队", "each delegation"),
}
_PURPOSES: Final[Mapping[str, Pair]] = {
    "registration": ("报名", "Registration"),
    "contact": ("联络", "Contact"),
    "hand-in": ("报送材料", "Handing in"),
    "consent": ("承诺", "Consent"),
    "appeal": ("申诉", "Appeal"),
    "report": ("通报", "Report"),
}
_KINDS: Final[Mapping[str, Pair]] = {
    "text": ("文字", "text"),
    "long-text": ("可分段填写", "in paragraphs"),
    "number": ("填数字", "a number"),
    "date": ("填日期", "a day"),
    "dates": ("填起止日期", "from one day to another"),
    "month": ("填年月", "a month"),
    "months": ("填起止年月", "from one month to another"),
    "phone": ("填电话号码", "a telephone number"),
    "mobile": ("填手机号码", "a mobile number"),
    "landline": ("填固定电话", "a landline number"),
    "email": ("填电子邮箱", "an e-mail address"),
    "id-number": ("填身份证号码", "an identity number"),
    "photo": ("上传照片", "a photo"),
    "file": ("上传文件", "a file"),
    "files": ("可上传多个文件", "several files"),
    "choice": ("单选", "one choice"),
    "choices": ("可多选", "several choices"),
    "yes-no": ("填是或否", "yes or no"),
    "table": ("填表", "a table"),
    "person": ("填人员", "a person"),
    "persons": ("填多名人员", "several persons"),
}
# Words in a field's title that say what is filled in.
_NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("日期", "时间"),
    "phone": ("电话",),
    "mobile": ("手机",),
    "landline": ("座机", "固定电话"),
    "email": ("邮箱", "邮件"),
    "id-number": ("身份证",),
    "photo": ("照", "相片"),
    "person": ("姓名", "人", "作者"),
}
_ANSWERS: Final[Mapping[str, Pair]] = {"yes": ("是", "yes"), "no": ("否", "no")}
_MEDIA: Final[Mapping[str, Pair]] = {
    "online": ("在线填写", "online"),
    "email": ("发送电子邮件", "by e-mail"),
    "electronic": ("提交电子稿", "as a file"),
    "paper": ("报送纸质件", "on paper"),
}


def forms(words: Words) -> Iterator[Section]:
    """Write the forms, one section each."""
    for name, form in words.rules.forms.items():
        title = f"{form.annex} {form.title}" if form.annex else form.title
        at = f"forms.{name}"
        head = clause(_form(words, form), at, form, form.term, form.correct)
        fields = (
            clause(_field(words, form, field), f"{at}.fields[{index}]", field, *field.columns)
            for index, field in enumerate(form.fields)
        )
        notes = (clause(words.sentence(note), f"{at}.notes") for note in form.notes)
        yield Section(title, (head, *fields, *notes))


def moment(words: Words, window: Window, side: str) -> str:
    """Write the day and clock on which a window opens (``earliest``) or ends (``latest``)."""
    day, clock = (
        (window.latest, window.closes or "24:00")
        if side == "latest"
        else (window.earliest, window.opens)
    )
    if day is None:
        return ""
    shown = words.day(day)
    return f"{shown}{words.t('', ' ') if clock else ''}{clock}"


def titles(words: Words, items: Mapping[str, object], names: Iterable[str]) -> str:
    """Write the titles of some things that have names."""
    return words.listed(str(getattr(items.get(name), "title", name)) for name in names)


def _form(words: Words, form: Form) -> str:
    rules, t = words.rules, words.t
    stage = titles(words, rules.stages, [form.stage] if form.stage else [])
    tracks = titles(words, rules.tracks, form.tracks)
    media = words.listed(words.t(*_MEDIA[one]) for one in form.medium)
    filler, per = words.t(*FILLERS[form.by]), words.t(*_PER[form.per])
    to = body_title(words, form.to) if form.to else ""
    several = ""
    if form.repeated:
        several = t("可提交多份", "several are possible")
        if form.most:
            several = t(f"最多提交{form.most}份", f"at most {form.most} each")
    parts = (
        _purpose(words, form, stage),
        t(f"赛项：{tracks}", f"tracks: {tracks}") if tracks else "",
        t(f"{per}一份", f"one for {per}"),
        t(f"由{filler}填写", f"filled in by {filler}"),
        several,
        media,
        t(f"报送{to}", f"to {to}") if to else "",
        _due(words, form),
        _corrections(words, form),
        _sealed(words, form),
    )
    return words.sentence(words.clauses(parts))


def _purpose(words: Words, form: Form, stage: str) -> str:
    """Write what a form is for: 用于半决赛（报名）."""
    t, purpose = words.t, words.t(*_PURPOSES[form.purpose])
    if not stage:
        return t(f"用于{purpose}", purpose)
    noted = "" if purpose in stage else f"（{purpose}）"
    return t(f"用于{stage}{noted}", f"{purpose} for {stage}")


def _due(words: Words, form: Form) -> str:
    if form.term:
        text = show_term(words.rules, form.term, words.lang)
        return words.t(f"{text}提交", f"due {text}")
    window = words.rules.calendar.get(form.window or "")
    if window is None:
        return ""
    named = words.quoted(window.title)
    if binding_day(window) is None:
        said = "" if words.lang == "zh" and window.words == "另行通知" else window.words
        zh = (
            f"随{named}提交（{said}），尚无确定日期，不能据此截止"
            if said
            else (f"随{named}提交，提交时间另行通知")
        )
        return words.t(zh, f"due with {named} ({said}): no fixed day yet, so it does not bind")
    end = moment(words, window, "latest")
    return words.t(f"于{end}前提交", f"due by {end}")


def _corrections(words: Words, form: Form) -> str:
    if form.corrections is None:
        return ""
    if form.corrections == 0:
        return words.t("提交后不得修改", "no corrections afterwards")
    within = show_term(words.rules, form.correct, words.lang) if form.correct else ""
    count = form.corrections
    corrections = f"{count} correction{'' if count == 1 else 's'} {within}"
    return words.t(f"{within}可更正{count}次", corrections.rstrip())


def _sealed(words: Words, item: Form | FormField) -> str:
    seal, sign = (body_title(words, name) if name else "" for name in (item.seal, item.sign))
    parts = (
        words.t(f"{seal}盖章", f"sealed by {seal}") if seal else "",
        words.t(f"{sign}签字", f"signed by {sign}") if sign else "",
    )
    return words.clauses(parts)


def _field(words: Words, form: Form, field: FormField) -> str:
    title = f"{field.section}{words.t('·', ': ')}{field.title}" if field.section else field.title
    must = bool(field.kind == "yes-no" and field.options == ("yes",))
    parts = [
        words.t("必填", "required") if field.required else "",
        *_asked(words, form, field),
        "" if must else _kind(words, field),
        words.t("须同意", "must be agreed to") if must else "",
        words.t(f"由{words.t(*FILLERS[field.by])}填写", f"by {FILLERS[field.by][1]}")
        if field.by
        else "",
        *_limits(words, form, field),
        _sealed(words, field),
        words.t("注明日期", "dated") if field.dated else "",
        words.t("对外公开", "public") if field.public else "",
        field.style,
        field.help,
    ]
    return words.sentence(words.headed(title, words.clauses(part for part in parts if part)))


def _kind(words: Words, field: FormField) -> str:
    """Write what is filled in; nothing where the title says it already, and for plain text."""
    if field.kind == "text" or any(one in field.title for one in _NAMED.get(field.kind, ())):
        return ""
    return words.t(*_KINDS[field.kind])


def _asked(words: Words, form: Form, field: FormField) -> Iterator[str]:
    """Write after which answer of an earlier field this one is asked."""
    if field.asked_if is None:
        return
    named = {one.id: one.title for one in form.fields}
    title = words.quoted(named.get(field.asked_if.field, field.asked_if.field))
    said = (words.t(*_ANSWERS[one]) if one in _ANSWERS else one for one in field.asked_if.in_)
    answers = words.t("或", " or ").join(map(words.quoted, said))
    yield words.t(f"{title}填{answers}的填写", f"asked where {title} is {answers}")


def _limits(words: Words, form: Form, field: FormField) -> Iterator[str]:
    t = words.t
    if field.words:
        yield t(f"{field.words}字以内", f"at most {field.words} characters")
    if field.words_least:
        yield t(f"不少于{field.words_least}字", f"at least {field.words_least} characters")
    if field.least is not None:
        yield t(f"不小于{words.amount(field.least)}", f"at least {words.amount(field.least)}")
    if field.most is not None:
        yield t(f"不大于{words.amount(field.most)}", f"at most {words.amount(field.most)}")
    if field.unit:
        yield t(f"单位：{field.unit}", f"unit: {field.unit}")
    if field.from_:
        day = words.day(field.from_)
        yield t(f"不早于{day}", f"from {day}")
    if field.to:
        day = words.day(field.to)
        yield t(f"不晚于{day}", f"to {day}")
    yield from _contents(words, form, field)


def _contents(words: Words, form: Form, field: FormField) -> Iterator[str]:
    t = words.t
    if field.options and not (field.kind == "yes-no" and field.options == ("yes",)):
        options = words.listed(
            words.t(*_ANSWERS[one]) if field.kind == "yes-no" and one in _ANSWERS else one
            for one in field.options
        )
        yield words.t(f"选项：{options}", f"one of: {options}")
    if field.rows:
        yield t(f"分{len(field.rows)}行：", "rows: ") + words.listed(field.rows)
    if field.columns:
        yield t("各列：", "columns: ") + words.listed(
            _column(words, form, column) for column in field.columns
        )
    if field.count_least:
        yield t(f"至少{field.count_least}项", f"at least {field.count_least}")
    if field.count:
        yield t(f"最多{field.count}项", f"at most {field.count}")
    if field.types:
        yield t(f"格式：{words.listed(field.types)}", f"types: {words.listed(field.types)}")
    if field.size_mb:
        yield t(f"每个不超过{field.size_mb}MB", f"each at most {field.size_mb} MB")


def _column(words: Words, form: Form, field: FormField) -> str:
    """Write a column of a table; what is asked of it in brackets."""
    text = _field(words, form, dataclasses.replace(field, section="", title="-"))
    noted = text.removeprefix("-").lstrip("：: ").rstrip("。.")
    return field.title + (words.t(f"（{noted}）", f" ({noted})") if noted else "")
