"""What the keys and words of the language are called in Chinese, for comparisons and editors.

A key has one name wherever it means one thing; where a class means another, ``Class.key`` stands.
"""

# ruff: noqa: E501  (a table of words)

from collections.abc import Mapping
from typing import Final

from leitai.rulebook.schema import key_of

_NAMES: Final = """
rulebook 语言版本|id 编号|title 名称|short_title 简称|year 年度|theme 主题|scope 范围|host 主办单位
effective 施行日期|bodies 组织机构|beyond 更高一级|facts 资料项|modules 业务模块|calendar 时间安排
holidays 节假日|forms 表格|draws 抽签|events 科目|practice 岗位练兵|awards 奖项|honours 奖励和荣誉
publicity 公示|appeals 异议和申诉|visibility 成绩公开|assumptions 待确认事项|tracks 赛项|stages 阶段
delegations 参赛单位|kind 类别|source 原文|assumption 待确认|method 方式|window 时间|place 地点
hosts 组织单位|rules 办法|trial 试运行|held 举行条件|quota 名额|caps 上限|bars 参赛限制|roster 组队
absent 缺席处理|qualify 入围线|total 总分|figures 分项成绩|ranking 排名|boards 榜单|team 团体成绩
advance 晋级|least 最少|most 最多|per 按|count 数量|counts 单列名额|refuse 不得参加的情形
require 参加的条件|any 任一|all 全部|not 不属于|has 具备|lacks 不具备|below 低于|is 符合|key 名目
since 起始年份|value 数值|in 取值|above 高于|under 低于|from 起|to 至|players 上场人数
substitutes 替补人数|leader 领队|coaches 教练人数|slots 席位|designated 指定人数|drawn 抽取人数
pool 推荐人数|cover 名单要求|freeze 名单锁定|changes_by 更换须经|where 条件|of 对象|sum 合计科目
weights 权重|carry 带入成绩|base 基础分|max 满分|min 最低分|round 舍入|share 比例|decimals 小数位数
mode 舍入方式|better 优者|unit 单位|keys 排序依据|at_lines 界线处再比较|unbroken 同分处理
distinct 必须分出的名次|style 名次写法|ranks 名次|top 前几名|score 计分方式|fewer 人数不足|who 计分人员
plus 另加科目|as 身份|take 选取|teams 队数|members 每队人数|up_to 补足到|board 榜单|except 除去
cap 人数上限|guests 不占名额的代表队|fill 递补|reserves 递补人选|when 适用条件|confirm 确认机构
each 每个单位|also 另有|level 级别|name 名称|guest 不占名额|duties 职责|values 可选值|words 原文写法
earliest 最早日期|latest 截止日期|opens 开始|closes 截止|soft 大致时间|tentative 暂定|later 另行通知
fixed_by 由何确定|years 年份|days_off 休息日|days_on 上班日|purpose 用途|fields 填写项|annex 附件
stage 阶段|by 由谁|medium 形式|term 期限|repeated 多份|corrections 可更正次数|correct 更正|seal 盖章
sign 签字|notes 说明|section 栏目|required 必填|public 公众|help 填写提示|words_least 最少字数
count_least 最少个数|size_mb 大小（MB）|types 文件类型|options 选项|columns 列|rows 行数
asked_if 填写条件|dated 注明日期|field 填写项|within 期限|first_day 首日|rolls 顺延|pool_size 备选数量
groups 分组|group_count 组数|overseen_by 监督|again 重新抽签|layers 加密层次|unlock 解密条件
minutes 时长（分钟）|paper 试卷|sitting 考试方式|judging 评分|live 现场答题|ballot 投票|type 题型
points 分值|partial 部分得分|module 模块|open_book 开卷|tries 作答次数|late_minutes 迟到分钟数
late_shortens 迟到不补时|least_minutes 最少作答分钟数|seconds_per_item 每题秒数|breaches 违规处理
mock_required 须模拟测试|devices 设备数|then 处理|ban_years 禁赛年数|lines 评分项目|band 分数段
grades 等级|judges 评委人数|combine 合成方式|kinds 评委类别|time 用时规则|late 迟到|penalties 扣分
bonuses 加分|gap 分差|veto 否决|recuse 回避|anchor 首件参照|signed_by 签字人|grain 最小单位|steps 步骤
weight 权重|stacks 可兼得|grade 等级|high 去掉最高分个数|low 去掉最低分个数|normalise 折算|sheet 每张评分表|line 每个项目
result 最后结果|stop 停止|over 超时|early 提前|signals 提示|parts 分段|deduct 扣分|every 每|add 加分
seconds 秒数|void_at 作废次数|same 相同项|relations 关系|segments 环节|carried 带入|seats 席位
substitutions 换人|correction 更正|close 难分先后|conduct 纪律|individual 个人成绩|audience 观众题|verdict_by 裁定人
arbitration 仲裁|must 必答|joint 共答|buzzer 抢答|risk 风险题|designation 指定答题|duel 对决|arena 擂台
timed 限时答题|playoff 加赛|clock 计时|order 顺序|present 须在场|optional 可放弃|manner 答题方式
right 答对|wrong 答错|partly 部分答对|timeout 超时|sequence 先后|sets 题组|questions 题数
after_wrong 答错之后|next 下一步|attempts 次数|unanswered 无人作答|rebound 补答|equal 同时按下
fouls 犯规|rungs 处罚阶梯|memory 是否累计|loses 失去|question 题目|stakes 分值档|rounds 轮数
compulsory 必选|loss 失分|give 转交|steal 抢答权|stock 题量|target 指定对象|member 答题队员
setter_gains 出题方得分|pairs 对阵|form 形式|first_to 先得|win 胜者得分|lifelines 求助|out_after 出局条件
passes 免答次数|first 先手|opener 首题答题人|places 名次|trigger 启动条件|press 按键期限|begin 开始期限
finish 完成期限|finish_from 完成期限起点|direction 方向|after 之后|event 科目|voters 投票人数
quorum 法定人数|votes 票数|least_votes 最少票数|wrong_count 票数不符|points_for 名次分|scale 满分
round_kind 分类舍入|threshold 通过线|vacancy 空缺|tally 计票方式|ledgers 积分账户|acts 练兵项目
offset 时区|week 每周起始|hours 时段|streaks 连续奖励|titles 称号|lotteries 抽奖|changes 规则变更
period 周期|stated 公布的数额|act 项目|day 每天|month 每月|credits 计分|once 仅一次|spends 消耗
takes_back 扣回|pace 答题速度|exercise 练习|factor 倍数|rest 其余|needs 须具备|ledger 积分账户|limit 限额
beyond_ 超出|frees 释放额度|allowed 允许|missing 缺少时|answers 公布答案|against 对手|spans 时间段
days 天数|holds 有效期|kept 保留|ties 同分|with 同时|figure 指标|award 奖项|prizes 奖品|ends 结束
succession 顺延|exhausted 无人可顺延|decided 评定机构|amount 金额|lottery 抽取人数|given_by 授予单位
unless 不兼得|subject 公示内容|channel 公示渠道|contact 联系方式|objection 异议要求|otherwise 不符合时
person 个人|confidential 保密|about 事项|during 进行中|at_once 当场|answer 答复期限|answer_before 答复须早于
levels 层级|merge 合并处理|play 比赛是否继续|leaving 中止比赛|effect 处理结果|body 机构|last 最终裁定
rubric 评分表|contestant 选手|track 赛项|committee 组委会|supervisor 监督人员|chosen 暂定|concerns 涉及之处|text 全文
"""
_CLASSED: Final[Mapping[str, str]] = {
    "Rulebook.beyond": "更高一级比赛",
    "Assumption.question": "问题",
    "Attempts.beyond": "超出部分",
    "Attempts.counts": "计哪次",
    "Body.members": "组成人员",
    "Carry.from": "来源阶段",
    "Carry.of": "带入的成绩",
    "Advance.to": "去向",
    "Advance.top": "晋级名额",
    "Award.to": "授予对象",
    "Award.top": "获奖名额",
    "Award.rest": "其余全部",
    "Delegations.each": "每个单位",
    "Exercise.full": "满分",
    "Exercise.pass": "及格线",
    "Exercise.types": "各题型题数",
    "Judging.lines": "评分项目",
    "Band.levels": "评分档次",
    "Line.levels": "评分档次",
    "Line.steps": "操作步骤",
    "Live.seats": "席位数",
    "MarkLevel.text": "说明",
    "Must.each": "每方题数",
    "Penalty.each": "每次",
    "Quota.count": "人数",
    "Ranking.distinct": "必须分出的名次",
    "Roster.least": "最少人数",
    "Rubric.keys": "总分相同时依次比较",
    "RubricLine.award": "称号",
    "RubricLine.best": "按最高单位的比例计",
    "RubricLine.each": "每1计分",
    "RubricLine.of": "指标",
    "RubricLine.steps": "分档计分",
    "Rung.least": "达到",
    "Sitting.forms": "试卷套数",
    "Sitting.mode": "考试形式",
    "Stage.rules": "办法由谁定",
    "Team.of": "计分范围",
    "Team.top": "计分人数",
    "Tries.counts": "计哪次",
}
_WORDS: Final = """
nomination 报送名单|contest 比赛|draw 抽签|vote 表决|playoff 加赛|jury 评委评议|confirmation 组委会确认
share 并列|out 不计入|skip 不参加|include 参加|individual 个人|team 团体|recommended 推荐|everyone 全部
already 已晋级的|next 依次顺延|none 无|person 个人|work 作品|higher 高者|lower 低者|sum 之和|mean 平均
count 按实有计|exclude 不参加排名|advanced 晋级代表队|half-up 四舍五入|half-even 四舍六入五成双|down 舍去
up 进一|exam 考试|judged 评委评分|live 现场答题|ballot 投票|reported 报送成绩|delegation 代表队|vacant 空缺
own 本人或本单位|list 公布的名单|zero 计0分|competition 1-2-2-4|dense 1-2-2-3|single 单项选择题
multiple 多项选择题|truefalse 判断题|blank 填空题|short 简答题|essay 论述题|case 案例分析题|money 奖金
honour 荣誉|benefit 待遇|prize 奖品|hours 小时|minutes 分钟|days 日|working-days 工作日
"""


def _table(text: str) -> dict[str, str]:
    pairs = (item.split(" ", 1) for item in text.replace("\n", "|").split("|") if item)
    return {name.rstrip("_"): said for name, said in pairs}


_TABLE: Final[Mapping[str, str]] = _table(_NAMES)
_VALUES: Final[Mapping[str, str]] = _table(_WORDS)


def key_title(cls: str, key: str, lang: str = "zh") -> str:
    """Name a key of a class; in English (and where there is no name) the key itself."""
    if lang != "zh":
        return key.replace("_", " ")
    return _CLASSED.get(f"{cls}.{key}") or _TABLE.get(key_of(key), key)


def has_title(cls: str, key: str) -> bool:
    """Say whether a key has a Chinese name."""
    return f"{cls}.{key}" in _CLASSED or key in _TABLE


def word_title(word: str, lang: str = "zh") -> str:
    """Name one of the language's own words (``draw``); other words stay as they are."""
    return word if lang != "zh" else _VALUES.get(word, word)
