"""Texts about how the YAML is written."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "yaml_syntax": (
        "YAML写法有误：%(detail)s。请检查缩进、引号和括号。",
        "not YAML: %(detail)s; look at indentation, quotes and brackets",
    ),
    "yaml_wide_colon": (
        "键“%(key)s”后面用了中文冒号。请改为英文冒号，冒号后空一格。",
        "the key '%(key)s' is followed by a full-width colon; write ':' and a space",
    ),
    "yaml_wide_comma": (
        "此处用中文逗号隔开。请改为英文逗号。",
        "a full-width comma stands between two items; write ','",
    ),
    "yaml_wide_space": (
        "此处用了全角空格。请改为半角空格。",
        "this is a full-width space; write ordinary ones",
    ),
    "yaml_tab": (
        "缩进用了制表符（Tab键）。请改为空格。",
        "the line is indented by a tab; use spaces",
    ),
    "yaml_curled": (
        '“%(text)s”两边用了中文引号。请改为英文引号，写成"%(text)s"。',
        'these are full-width quotes; write "%(text)s"',
    ),
    "yaml_no_space": (
        "“%(key)s:”的冒号后没有空格。请空一格。",
        "there is no space after the colon of '%(key)s:'; put one in",
    ),
    "yaml_index": (
        '“%(text)s”含有方括号，在列表中须加引号，写成"%(text)s"。',
        'in a list a path with an index needs quotes: "%(text)s"',
    ),
    "yaml_quote_open": (
        "引号%(quote)s只有前一半。请在这段文字的末尾补上。",
        "the quotation mark %(quote)s is not closed; put one at the end of the text",
    ),
    "yaml_bracket_open": (
        "括号“%(bracket)s”没有另一半。请补上。",
        "the bracket '%(bracket)s' is not closed; close it",
    ),
    "yaml_bracket_extra": (
        "括号“%(bracket)s”多余，前面没有与它成对的。请删去。",
        "nothing is open that '%(bracket)s' could close; remove it",
    ),
    "yaml_key_colon": (
        "此行不是“键: 值”的写法。请检查冒号：须为英文冒号，后面空一格。",
        "this line is no 'key: value'; look for the colon and the space after it",
    ),
    "yaml_second_colon": (
        "此处不应再有“键: 值”。请检查本行是否多缩进了；文字里有冒号的，请给整段文字加引号。",
        "there can be no 'key: value' here; see whether the line is indented too far, or quote a text that has a colon in it",
    ),
    "yaml_flow": (
        "括号内此处缺少逗号，或文字里有冒号、括号。各项用英文逗号隔开，这样的文字请加引号。",
        "inside of brackets a comma is missing here, or a text with a colon or a bracket needs quotes",
    ),
    "yaml_indent": (
        "缩进不齐。同一级的各行须从同一列写起。",
        "the indentation does not fit; lines of one level begin at one column",
    ),
    "yaml_after_quote": (
        "引号之外还有文字。请把整段文字放在一对引号之内，文字中的引号改用“”。",
        "there is text after the closing quote; put all of it inside of one pair of quotes",
    ),
    "yaml_start": (
        "文字不能以“%(character)s”开头。请给这段文字加引号。",
        "a text cannot begin with '%(character)s'; put it in quotes",
    ),
    "yaml_dash": (
        "以“-”开头的列表须另起一行。请换行并缩进。",
        "a list with '-' begins on a line of its own; break the line",
    ),
    "yaml_documents": (
        "一个文件只能有一份竞赛规则。请删去“---”及另一份。",
        "a file holds one rulebook; remove '---' and what is a second one",
    ),
    "yaml_escape": (
        "双引号内的“\\”另有用途。请改用单引号，或写成“\\\\”。",
        "a backslash means something else between double quotes; use single ones, or write two",
    ),
    "yaml_block": (
        "“|”或“>”之后不能接着写文字。请从下一行写起。",
        "no text can follow '|' or '>' on its line; begin on the next",
    ),
    "yaml_character": (
        "此处有不可见的控制字符。请删去。",
        "there is an invisible control character; remove it",
    ),
    "yaml_deep": (
        "嵌套层数过多。请减少括号或缩进的层数。",
        "it is nested too deeply; use fewer levels",
    ),
    "yaml_empty": ("文件是空的。请写入竞赛规则。", "the file is empty; write the rules into it"),
    "yaml_alias": (
        "不使用锚点和别名（&、*）。请把内容完整写在这里。",
        "anchors and aliases (&, *) are not used; write the content out here",
    ),
    "yaml_key": (
        "“%(key)s”不能作键。键须为文字，必要时加引号。",
        "'%(key)s' cannot be a key; keys are text, quoted if need be",
    ),
    "yaml_duplicate": (
        "“%(key)s”重复，第%(line)s行已有。请删去一处。",
        "'%(key)s' stands in line %(line)s already; remove one of them",
    ),
    "yaml_null": (
        "缺少内容。请填写，或删去这个键。",
        "there is no value; give one or remove the key",
    ),
    "yaml_float": (
        '小数%(text)s须加引号，写成"%(text)s"。',
        'put the decimal in quotes: "%(text)s"',
    ),
    "yaml_scalar": (
        "%(text)s有歧义。文字请加引号；整数不带前导零和下划线；真假写true或false。",
        "%(text)s can be read in two ways; quote text, write whole numbers plainly, and true or false",
    ),
}
