"""Make the packaged templates of a notice's annexes: our own files, laid out after its tables.

Run it after a change: `PYTHONPATH=src python tools/annexes.py`. It writes
src/leitai/paperwork/data/*.docx; the same script gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leitai.documents import docx_writing
from leitai.documents.pages import (
    FANGSONG,
    HEITI,
    MM,
    SIHAO,
    SONGTI,
    XIAOBIAOSONG,
    XIAOSI,
    Block,
    Break,
    Cell,
    Document,
    Paper,
    Para,
    Run,
    Table,
)

DATA = Path(__file__).resolve().parents[1] / "src/leitai/paperwork/data"
PAPER = Paper(top=28 * MM, bottom=22 * MM, numbers=False)  # a form fits on one page
MEASURE = PAPER.measure


def annex(number: int, heading: str) -> list[Block]:
    """附件3 in 黑体 at the top, the form's title in 小标宋 below."""
    return [
        Para((Run(f"附件{number}", HEITI),), align="left", line=28),
        Para((Run(heading, XIAOBIAOSONG, 22),), align="center", line=36, before=8, after=8),
    ]


def line(words: str, *, size: float = XIAOSI, before: float = 0, after: float = 4) -> Para:
    return Para((Run(words, FANGSONG, size),), align="left", line=22, before=before, after=after)


def label(words: str, **span: int) -> Cell:
    paras = tuple(
        Para((Run(one, FANGSONG, XIAOSI),), align="center", line=20) for one in words.split("\n")
    )
    return Cell(paras, **span)


def box(words: str, *, align: str = "left", middle: bool = True, **span: int) -> Cell:
    paras = tuple(
        Para((Run(one, FANGSONG, XIAOSI),), align=align, line=20)  # type: ignore[arg-type]
        for one in words.split("\n")
    )
    return Cell(paras, middle=middle, **span)


def opinion(field: str, **span: int) -> Cell:
    """What the unit says, with room for its seal and the day."""
    return Cell(
        (
            Para((Run(f"{{{{{field}}}}}", FANGSONG, XIAOSI),), align="left", line=20, after=60),
            Para(
                (Run("签章：　　　　　　年　　月　　日", FANGSONG, XIAOSI),), align="right", line=20
            ),
        ),
        **span,
    )


def grid(shares: tuple[float, ...], rows: list[tuple[Cell, ...]], heights: list[float]) -> Table:
    whole = sum(shares)
    widths = tuple(MEASURE * share / whole for share in shares)
    return Table(widths, tuple(rows), tuple(heights))


def contacts() -> list[Block]:
    heads = ("姓　　名", "单　　位", "职　　务", "座　　机", "手　　机")
    fields = ("姓名", "单位", "职务", "座机", "手机")
    rows = [
        tuple(label(one) for one in heads),
        tuple(box(f"{{{{联络人员.{one}}}}}", align="center") for one in fields),
    ]
    return [
        *annex(2, "盟市级联络人员信息表"),
        line("{{盟市}}（盟市）", size=SIHAO, before=6, after=6),
        grid((3, 6, 4, 4, 4), rows, [32, 32]),
        line("填表人：{{填表人}}　　　　联系电话：{{联系电话}}　　　　时间：{{时间}}", before=10),
    ]


def registration() -> list[Block]:
    tracks = Cell(
        tuple(
            Para((Run(f"{words}　（{{{{参赛项目={words}}}}}）", FANGSONG, XIAOSI),), line=20)
            for words in ("职业指导人员竞赛", "基层公共就业服务人员竞赛", "盟市领队")
        ),
        columns=5,
    )
    photo = Cell(
        (Para((Run("{{一寸证件照}}", FANGSONG, XIAOSI),), align="center", line=0),), rows=4
    )
    rows = [
        (label("参赛项目"), tracks),
        (label("基本信息", columns=5), label("一寸证件照")),
        (label("姓　　名"), box("{{姓名}}", columns=2), label("性别"), box("{{性别}}"), photo),
        (label("出生日期"), box("{{出生日期}}", columns=2), label("民族"), box("{{民族}}")),
        (
            label("身份证号"),
            box("{{身份证号}}", columns=2),
            label("政治\n面貌"),
            box("{{政治面貌}}"),
        ),
        (
            label("所在单位"),
            box("{{所在单位}}", columns=2),
            label("职务/\n职称"),
            box("{{职务/职称}}"),
        ),
        (
            label("电子邮箱"),
            box("{{电子邮箱}}", columns=2),
            label("手　　机"),
            box("{{手机}}", columns=2),
        ),
        (
            label("座　　机"),
            box("{{座机}}", columns=2),
            label("微 信 号"),
            box("{{微信号}}", columns=2),
        ),
        (label("获得荣誉"), box("{{获得荣誉}}", middle=False, columns=5)),
        (label("盟市主管\n部门推荐\n意见"), opinion("盟市主管部门推荐意见", columns=5)),
    ]
    return [
        *annex(3, "自治区赛参赛人员报名表"),
        line("盟市：{{盟市}}　　　　　　　　　　　　填表日期：{{填表日期}}"),
        grid(
            (4, 4, 3.4, 3, 4, 4),
            [rows[0], rows[1], rows[2], *rows[3:]],
            [66, 24, 30, 30, 38, 38, 30, 30, 130, 120],
        ),
    ]


def project() -> list[Block]:
    rows = [
        (label("项目名称"), box("{{项目名称}}", columns=2)),
        (label("项目所在地"), box("{{项目所在地}}", columns=2)),
        (label("项目执行时间"), box("{{项目执行时间}}", columns=2)),
        (label("项目申报单位"), box("{{项目申报单位}}", columns=2)),
        (label("项目执行过程\n（300字以内）"), box("{{项目执行过程}}", middle=False, columns=2)),
        (label("项目执行结果\n（300字以内）"), box("{{项目执行结果}}", middle=False, columns=2)),
        (label("支撑材料\n目录", rows=2), label("项　　目"), label("材　　料")),
        (box("{{支撑材料目录.项目}}"), box("{{支撑材料目录.材料}}")),
        (label("盟市级组委会\n审核意见"), opinion("盟市级组委会审核意见", columns=2)),
    ]
    return [
        *annex(4, "优秀就业服务项目参评表"),
        line("盟市：{{盟市}}　　　　　　　　　　　　提交人：{{提交人}}", after=0),
        line("联系电话：{{联系电话}}　　　　　　　　提交时间：{{提交时间}}"),
        grid((4, 4, 10), rows, [26, 26, 26, 26, 62, 62, 22, 20, 80]),
    ]


def achievement() -> list[Block]:
    rows = [
        (label("参评成果\n名　　称"), box("{{参评成果名称}}", columns=4)),
        (label("申报单位"), box("{{申报单位}}", columns=4)),
        (label("联 系 人", rows=2), box("{{联系人}}", rows=2), label("联系\n电话", rows=2),
         label("座机"), box("{{座机}}")),
        (label("手机"), box("{{手机}}")),
        (label("通讯地址"), box("{{通讯地址}}", columns=4)),
        (label("成果介绍\n（1000字以内）"), box("{{成果介绍}}", middle=False, columns=4)),
        (label("盟市公共就业\n服务部门\n审核意见"),
         opinion("盟市公共就业服务部门审核意见", columns=4)),
        (label("附录"), box("{{附录}}", columns=4)),
    ]  # fmt: skip
    return [
        *annex(5, "优秀就业服务成果参评表"),
        grid((4, 5, 2, 2, 5), rows, [36, 28, 24, 24, 28, 230, 110, 40]),
    ]


def case() -> list[Block]:
    def words(text: str, face: str, size: float, **more: object) -> Para:
        return Para((Run(text, face, size),), line=22, **more)  # type: ignore[arg-type]

    cover = [
        words(f"{name}：{{{{{field}}}}}", SONGTI, SIHAO, align="left", left=70, before=16)
        for name, field in (
            ("案例名称", "封面·案例名称"),
            ("姓　　名", "封面·姓名"),
            ("身份证号", "身份证号"),
            ("所在盟市", "所在盟市"),
            ("所在单位", "所在单位"),
        )
    ]
    sections = [
        words(f"{name}：{{{{{field}}}}}", SONGTI, SIHAO, align="justify", indent=28)
        for name, field in (
            ("关 键 词", "关键词"),
            ("案例介绍", "案例介绍"),
            ("案例分析", "案例分析"),
            ("案例指导", "案例指导"),
            ("相关资料", "相关资料"),
        )
    ]
    return [
        Para((Run("附件6", HEITI),), align="left", line=28),
        Para((Run("{{赛季名称}}", XIAOBIAOSONG, 22),), align="center", line=36, before=90),
        Para((Run("优秀就业服务案例参评表", XIAOBIAOSONG, 26),), align="center", line=44, before=20,
             after=150),
        *cover,
        Break(),
        Para((Run("{{正文·案例名称}}", HEITI, 22),), align="center", line=36),
        words("{{正文·姓名}}", FANGSONG, SIHAO, align="center", before=10),
        words("{{单位}}", FANGSONG, SIHAO, align="center", after=14),
        *sections,
        Para((Run("注释：{{注释}}", SONGTI, XIAOSI),), line=0, before=22),
        Para((Run("参考文献：{{参考文献}}", SONGTI, XIAOSI),), line=0, before=12),
    ]  # fmt: skip


ANNEXES: dict[str, tuple[str, Callable[[], list[Block]]]] = {
    "annex-contacts.docx": ("盟市级联络人员信息表", contacts),
    "annex-registration.docx": ("自治区赛参赛人员报名表", registration),
    "annex-project.docx": ("优秀就业服务项目参评表", project),
    "annex-achievement.docx": ("优秀就业服务成果参评表", achievement),
    "annex-case.docx": ("优秀就业服务案例参评表", case),
}


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for name, (title, blocks) in ANNEXES.items():
        document = Document(title, tuple(blocks()), PAPER)
        (DATA / name).write_bytes(docx_writing.write(document))
        print(DATA / name)


if __name__ == "__main__":
    main()
