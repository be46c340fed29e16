"""Texts about extending rulebooks, tables of a season's data and the command line."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- a rulebook that extends another
    "extends_unknown": (
        "没有找到要沿用的竞赛规则“%(name)s”。请写规则库中的名称，或相对于本文件的路径。",
        "the rulebook '%(name)s' that this one extends is not there; name one of the library, or a file relative to this one",
    ),
    "extends_cycle": (
        "沿用关系绕回了%(name)s。请改为沿用另一份规则。",
        "extending comes back to %(name)s; extend another one",
    ),
    "extends_depth": (
        "层层沿用超过%(most)s份文件。请减少层数。",
        "more than %(most)s files extend one another; use fewer",
    ),
    "extends_same_id": (
        "编号“%(id)s”与被沿用的规则相同。请用id另取一个。",
        "'%(id)s' is the id of the rulebook that this one extends; give it another",
    ),
    "extends_gone": (
        "被沿用的规则中没有“%(name)s”这一处，不必删去。请核对路径，列表的序号从0数起。",
        "the extended rulebook has no '%(name)s' to remove; mend the path, items are counted from 0",
    ),
    "extends_index": (
        "“%(name)s”的序号过大，该列表只有%(count)s项（从0数起）。请改小。",
        "the index in '%(name)s' is too great: the list has %(count)s items, counted from 0",
    ),
    "extends_no_place": (
        "被沿用的规则中没有“%(around)s”，不能在其中新增“%(name)s”。请核对路径，或在add下把“%(around)s”整个写出来。",
        "the extended rulebook has no '%(around)s' to put '%(name)s' into; mend the path, or add '%(around)s' as a whole",
    ),
    "extends_nowhere": (
        "被沿用的规则中没有“%(name)s”这一处。请核对路径；要新增内容，请写在add下。",
        "the extended rulebook has no '%(name)s'; mend the path, or put what is new under add",
    ),
    "extends_there": (
        "被沿用的规则中已有“%(name)s”。要修改，请写在change下。",
        "the extended rulebook has '%(name)s' already; write it under change",
    ),
    "extends_overlap": (
        "“%(name)s”所在之处已另有改动。请并作一处。",
        "'%(name)s' lies in a place that is changed or removed already; make it one change",
    ),
    # ---- tables
    "csv_encoding": (
        "第%(at)s字节处不是UTF-8编码。请在表格软件中另存为“CSV UTF-8”。",
        "not UTF-8 at byte %(at)s; save it as CSV UTF-8",
    ),
    "csv_quotes": (
        "引号没有成对，或一格过长，无法继续读下去。请检查引号。",
        "a quotation mark is not closed or a cell is too long; look at the quotes",
    ),
    "csv_column_missing": (
        "缺少列“%(column)s”。表头写在第一行，应有：%(columns)s。",
        "the column '%(column)s' is missing; the first line names the columns: %(columns)s",
    ),
    "csv_column_twice": (
        "列“%(column)s”重复。请删去一列。",
        "the column '%(column)s' is there twice; remove one",
    ),
    "csv_cells": (
        "应有%(expected)s格，实有%(got)s格。请检查多余或缺少的逗号。",
        "there should be %(expected)s cells, not %(got)s; look for commas too many or too few",
    ),
    "csv_blank": ("“%(column)s”一格是空的。请填写。", "'%(column)s' is blank; fill it in"),
    "csv_control": (
        "“%(column)s”一格含有不可见的控制字符。请重新键入。",
        "'%(column)s' has an invisible control character; type it again",
    ),
    "csv_choice": (
        "“%(column)s”的值“%(value)s”不在可选值中：%(allowed)s。",
        "the value '%(value)s' of '%(column)s' is none of %(allowed)s",
    ),
    "csv_date": (
        "“%(column)s”的值“%(value)s”不是日期。请写成如2022-06-10。",
        "the value '%(value)s' of '%(column)s' is no day; write it like 2022-06-10",
    ),
    "csv_instant": (
        "“%(column)s”的值“%(value)s”不是时刻。请写成如2022-06-10T16:00:00+08:00。",
        "the value '%(value)s' of '%(column)s' is no instant; write it like 2022-06-10T16:00:00+08:00",
    ),
    "csv_integer": (
        "“%(column)s”的值“%(value)s”不是整数。",
        "the value '%(value)s' of '%(column)s' is no whole number",
    ),
    "csv_decimal": (
        "“%(column)s”的值“%(value)s”不是小数。请写成如86.50。",
        "the value '%(value)s' of '%(column)s' is no decimal; write it like 86.50",
    ),
    "marks_and_score": (
        "“%(event)s”既有%(file)s的记录，又有成绩。请只留一种。",
        "'%(event)s' has rows in %(file)s and a score; keep one of the two",
    ),
    "event_kind": (
        "科目“%(event)s”不按%(file)s计分。请核对科目或改用scores.csv。",
        "the event '%(event)s' does not score by %(file)s; check the event, or use scores.csv",
    ),
    "people_kind_unknown": (
        "facts中没有“%(kind)s”这类情况。可用的有：%(allowed)s。请改正，或在facts中写明。",
        "facts has no kind '%(kind)s'; there are %(allowed)s; mend it, or declare it under facts",
    ),
    "people_value_unknown": (
        "“%(kind)s”没有“%(value)s”这个取值。可用的取值：%(allowed)s。",
        "'%(value)s' is no value of %(kind)s; the values are %(allowed)s",
    ),
    "withdrawn_unknown": (
        "退出的阶段“%(value)s”不存在。可写：%(allowed)s（season指全赛季）。",
        "'%(value)s' is nothing to withdraw from; write one of %(allowed)s (season: from all of it)",
    ),
    "delegation_two_ways": (
        "同一代表队既写了编号“%(code)s”，又写了名称“%(name)s”。请统一写编号。",
        "one delegation stands under its code '%(code)s' and its name '%(name)s'; write the code throughout",
    ),
    "delegation_unlisted": (
        "“%(delegation)s”不在规则所列的代表队中，按另一支代表队计算。请核对。",
        "'%(delegation)s' is none of the delegations that the rules list and is taken as a further one; check it",
    ),
    "people_unknown": (
        "有%(count)s个编号不在entries.csv中（%(shown)s），其情况没有用到。请核对。",
        "%(count)s ids stand nowhere in entries.csv (%(shown)s), so what is said of them is not used; check them",
    ),
    "csv_column_unused": ("没有规则使用这一列。", "no rule uses this column."),
    "practice_missing": (
        "竞赛规则没有练兵积分规则（practice），不能使用%(file)s。",
        "the rulebook has no practice, so %(file)s cannot be used",
    ),
    "time_from": (
        "“%(value)s”不是时刻。请写成如2022-06-10T16:00。",
        "'%(value)s' is no instant; write it like 2022-06-10T16:00",
    ),
    "when_from_missing": (
        "没有写明从何时起算。请加上--from，如--from 2022-06-10T16:00。",
        "it is not said from when to count; add --from, such as --from 2022-06-10T16:00",
    ),
    "data_missing": (
        "文件夹%(folder)s中没有可读的数据。应有以下文件之一：%(files)s。",
        "the folder %(folder)s holds no data; it should have some of %(files)s",
    ),
    "out_removed": (
        "%(folder)s中上次的%(count)s份结果已删去，以免误作本次结果。",
        "the %(count)s tables of an earlier outcome in %(folder)s were removed, so that nobody takes them for this one's",
    ),
    "not_utf8": (
        "%(file)s第%(at)s字节处不是UTF-8编码。请另存为UTF-8。",
        "%(file)s is not UTF-8 at byte %(at)s; save it as UTF-8",
    ),
    "file_unreadable": (
        "不能读取%(file)s（%(said)s）。请写规则文件的路径，或规则库中的名称。",
        "%(file)s cannot be read (%(said)s); give the path of a rulebook, or the name of one of the library",
    ),
    "folder_missing": (
        "没有文件夹%(folder)s。请核对路径。",
        "there is no folder %(folder)s; check its path",
    ),
    "csv_not_read": (
        "%(file)s不在约定的文件名中，没有读取。",
        "%(file)s is none of the tables that are read; it was left alone",
    ),
    "not_written": (
        "不能写入%(file)s：%(said)s",
        "%(file)s cannot be written: %(said)s",
    ),
}
