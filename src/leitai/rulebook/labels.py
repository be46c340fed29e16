"""What keys and words of the language are called in a form, in Chinese and in English.

Keys have their Chinese names in ``plain.keys``; here stand the names that a box of a form needs
where a table's heading would be too short, the English names, and the names of all words that a key
may have. A word has one name wherever it means one thing; ``Class.key.word`` stands for another.
"""

# ruff: noqa: E501  (tables of words)

from collections.abc import Mapping
from typing import Final

from leitai.rulebook.plain.keys import key_title

Pair = tuple[str, str]

_KEYS: Final = """
Advance.as|以何身份晋级|Go on as
Advance.cap|每队（每类）最多晋级|At most of each
Advance.confirm|由谁确认|Confirmed by
Advance.except|除去已晋级的|Leave out
Advance.fill|有人不能参加时|Who fills a place
Advance.guests|不占名额的代表队|Guests
Advance.least|达到分数线|With at least
Advance.members|每队晋级人数|Members of each team
Advance.per|在何范围内分别取|Inside each
Advance.reserves|递补人选数|Reserves
Advance.share|按比例取|The best share
Advance.take|取全部|Take
Advance.teams|团体前几名|Teams
Advance.to|晋级到|To
Advance.top|个人前几名|The best
Advance.up_to|补足到多少人|Fill up to
Advance.when|人数满足时适用|Only when
Advance.where|只限具备条件的|Only those who
Assumption.chosen|暂定的答案|Answer chosen
Assumption.concerns|涉及的条款|Concerns
Assumption.confirm|由谁确认|To be confirmed by
Assumption.question|方案没有写明的问题|What the notice leaves open
Award.per|在何范围内分别评|Inside each
Award.ranks|第几名到第几名|Ranks from and to
Award.rest|其余全部获奖|Everyone else
Award.share|按比例评|The best share
Award.stage|按哪个阶段的成绩|By the stage
Award.to|授予个人还是团体|Given to
Award.top|评几名|How many
Award.unless|已获哪些奖项的不再评|Not who holds
Award.where|只限具备条件的|Only those who
Bar.refuse|不得参加的情形|Kept out when
Bar.require|须具备的条件|Must be true
Draw.of|抽什么|What is drawn
Event.decimals|成绩保留几位小数|Decimals
Event.kind|比赛方式|Kind of event
Event.max|满分|Maximum
Event.min|最低分|Minimum
Event.minutes|限时（分钟）|Minutes
Figure.better|高者还是低者在前|Which is better
Form.annex|附件编号|Annex
Form.by|由谁填写|Filled in by
Form.fields|填写项|Fields
Form.medium|怎样提交|Handed in
Form.per|每个什么填一份|One for each
Form.purpose|表格用途|Purpose
Form.repeated|可以提交多份|Several are possible
Form.seal|由谁盖章|Sealed by
Form.sign|由谁签字|Signed by
Form.stage|用于哪个阶段|For the stage
Form.to|报送给谁|Sent to
Form.tracks|用于哪些赛项|For the tracks
Form.window|截止于哪项日程|Due with
FormField.asked_if|什么情况下填写|Asked only if
FormField.by|由谁填写|Filled in by
FormField.columns|表格的各列|Columns
FormField.count|最多几个（几行）|At most (files, rows)
FormField.count_least|最少几个（几行）|At least (files, rows)
FormField.dated|须注明日期|With the day
FormField.from|最早日期|From the day
FormField.help|填写提示|Help
FormField.kind|填写方式|Kind of field
FormField.least|最小值|Least value
FormField.most|最大值|Greatest value
FormField.options|可选的答案|Options
FormField.public|对外公开|Public
FormField.rows|表格的固定行|Printed rows
FormField.seal|由谁盖章|Sealed by
FormField.section|所在栏目|Section
FormField.sign|由谁签字|Signed by
FormField.size_mb|单个文件不超过（MB）|Size of a file (MB)
FormField.style|字体格式要求|Style
FormField.title|填写项名称|Title
FormField.to|最晚日期|To the day
FormField.types|允许的文件类型|Types of files
FormField.unit|计量单位|Unit
FormField.words|最多字数|Most characters
FormField.words_least|最少字数|Least characters
Host.name|主办单位名称|Name
Host.unit|主办单位编码|Code of the unit
Quota.count|名额|Places
Quota.counts|单独规定名额的代表队|Numbers of their own
Quota.least|最少人数|At least
Quota.per|每个什么限多少|For each
Ranking.at_lines|只在名次线上再比较|Compared at lines only
Ranking.keys|依次比较什么|Compared in turn
Ranking.style|并列名次怎样写|Ranks after a tie
Ranking.unbroken|仍相同的怎样定|A tie that remains
Rubric.keys|总分相同时依次比较|Compared in turn
RubricLine.best|最高的单位计满分，其余按比例|Share of the best
RubricLine.each|每1计多少分|Points for each
RubricLine.key|限于哪一名目|Only of the name
RubricLine.kind|哪类资料|Kind of fact
RubricLine.of|按什么指标|Figure
Rulebook.id|规则编号|Id
Rulebook.title|竞赛名称|Title
Rulebook.year|年度|Year
Stage.absent|缺考缺席的怎样算|Who is absent
Stage.events|比赛科目|Events
Stage.hosts|由谁组织|Organised by
Stage.method|本阶段做什么|Method
Stage.rules|办法由谁定|Whose rules
Stage.tracks|有哪些赛项|Tracks
Stage.trial|只作演练，不产生结果|A trial
Stage.window|对应的日程|Window of the calendar
Team.fewer|有成绩的人数不足时|With fewer entries
Team.keys|依次比较什么|Compared in turn
Team.of|哪些选手的成绩计入|Whose entries
Team.score|怎样计分|Sum or mean
Team.top|计分人数（取前几名）|The best of so many
Team.unbroken|仍相同的怎样定|A tie that remains
Team.who|哪种身份的选手计入|Of which capacity
Total.base|基础分|Base
Total.carry|带入的成绩|Carried in
Total.sum|哪些科目相加|Events added up
Total.weights|各科目所占比例|Weights
Window.closes|截止时刻|Closes at
Window.earliest|开始日期|First day
Window.fixed_by|由何文件确定|Fixed by
Window.later|日期另行通知|To be told later
Window.latest|截止日期|Last day
Window.opens|开始时刻|Opens at
Window.soft|只写了大致时间（如3月下旬）|Approximate
Window.tentative|暂定|Tentative
Window.words|通知中的写法|The notice's words
"""

_ENGLISH: Final[Mapping[str, str]] = {
    "as": "As", "by": "By", "each": "Each", "from": "From", "in": "Among", "is": "Is", "of": "Of",
    "per": "For each", "size_mb": "Size (MB)", "to": "To", "up_to": "Up to", "id": "Id",
}  # fmt: skip

_WORDS: Final = """
person|个人|persons ; team|团体|teams ; work|作品|works ; nomination|报送名单|names are nominated
contest|举行比赛|a contest is held ; delegations|各代表队|the delegations ; here|按本规则|these rules
hosts|由组织单位自定|the hosts decide ; none|无|none ; out|不计入|out ; zero|计0分|nought ; half-up|四舍五入|half up
half-even|四舍六入五成双|half to even ; down|舍去|down ; up|进一|up ; higher|高者在前|higher is better
lower|低者在前|lower is better ; share|并列|they share ; draw|抽签|a draw ; vote|表决|a vote ; playoff|加赛|a playoff
jury|评委评议|the jury ; confirmation|组委会确认|the committee confirms ; competition|1-2-2-4（并列占位）|1-2-2-4
dense|1-2-2-3（并列不占位）|1-2-2-3 ; sum|相加|their sum ; mean|取平均|their mean ; count|按实有成绩计算|count what there is
exclude|不参加团体排名|not ranked ; all|全部|all ; advanced|晋级代表队|delegations that advanced ; individual|个人|individual
apart|各赛项分别计算|each track apart ; together|各赛项合并计算|all tracks together ; recommended|推荐|recommended
everyone|全部|everyone ; entrants|参赛人数|of the entrants ; ranked|有名次的人数|of those ranked ; rest|其余人数|of the rest
already|已晋级的|those already in ; skip|不参加|skip ; include|参加|include ; next|依次递补|the next one
registration|报名|registration ; contact|联络|contact ; hand-in|提交作品材料|hand-in ; consent|同意、承诺|consent
appeal|申诉|appeal ; report|报送结果|report ; text|单行文字|text ; long-text|多行文字|long text ; number|数字|number
date|日期|date ; dates|起止日期|from day to day ; month|月份|month ; months|起止月份|from month to month ; phone|电话|phone
mobile|手机|mobile ; landline|座机|landline ; email|电子邮箱|e-mail ; id-number|身份证号|identity number ; photo|照片|photo
file|一个文件|file ; files|多个文件|files ; choice|单选|one choice ; choices|多选|choices ; yes-no|是或否|yes or no
table|表格|table ; persons|多人|persons ; entrant|参赛者|the entrant ; leader|领队|the leader ; unit|单位|the unit
delegation|代表队|the delegation ; committee|组委会|the committee ; entry|参赛对象|entry ; online|在线填写|online
electronic|电子稿|as a file ; paper|纸质件|on paper ; minutes|分钟|minutes ; hours|小时|hours ; days|日|days
working-days|工作日|working days ; skipped|不计入|does not count ; counts|计入|counts ; order|出场顺序|order ; group|分组|group
seat|座位|seat ; batch|批次|batch ; topic|题目|topic ; members|队员|members ; opponent|对手|opponent ; entries|参赛对象|entries
judges|评委|judges ; given|另行给出|given ; stage|阶段|stage ; track|赛项|track ; hand|人工抽签|by hand ; seed|随机种子|by seed
organiser|由主办方代抽|the organiser draws ; forfeit|视为弃权|forfeit ; last|排在最后|last
score-announced|得分宣布后|score announced ; marks-entered|评分录入后|marks entered
marks-checked|评分核对后|marks checked ; results-confirmed|成绩确认后|results confirmed ; appeals-over|申诉期满后|appeals over
exam|考试|exam ; judged|评委评分|judged ; live|现场答题|live quiz ; ballot|投票|ballot ; reported|报送成绩|reported score
single|单项选择题|single choice ; multiple|多项选择题|multiple choice ; truefalse|判断题|true or false ; blank|填空题|blanks
short|简答题|short answers ; essay|论述题|essay ; case|案例分析题|case ; on-site|集中上机|on site ; day|每天|a day
week|每周|a week ; month_|每月|a month ; year|每年|a year ; best|取最好一次|the best ; switch|切换窗口|leaving the window
fullscreen|退出全屏|leaving full screen ; absence|离开画面|leaving the picture ; second-person|他人入镜|a second person
copying|抄袭、雷同|copying ; identity|试卷上留有身份标记|a mark of identity ; device|使用其他设备|another device
note|记录|it is noted ; warn|警告|a warning ; acknowledge|确认警告后继续|a warning to acknowledge ; end|终止答题|the end
void|作废|void ; trimmed|去掉最高最低取平均|trimmed mean ; median|取中位数|median ; refuse|不予受理|refused ; sheet|每张评分表|each sheet
line|每个项目|each line ; full|足额|full ; absent|按缺席处理|absent ; begun|不足一段按一段|a part counts ; deduct|扣分|deduct
alone|由其自定|alone ; nearest|取最接近的|the nearest ; member|队员|member ; member-major|按队员轮流|member by member
seat-major|按台号轮流|seat by seat ; chosen|自选|chosen ; drawn|抽取|drawn ; go|宣布开始后|after “go”
reading|读题时|while it is read ; ends|本题结束|the question ends ; others|其他队可答|the others may ; rebound|补答|one rebound
press|重新抢答|press again ; queue|按抢答先后|the next in the queue ; audience|观众作答|to the audience
score-ascending|分低者在前|lower score first ; score-descending|分高者在前|higher score first ; nothing|不处理|nothing
question|本题|the question ; segment|本环节|the segment ; goes-on|继续|goes on ; replaced|换题|replaced ; chief|裁判长裁定|the chief judge decides ; equal|视为同时|at the same instant
match|整场|the match ; taker|答题方|the taker ; giver|出题方|the giver ; previous|前一队|the one before ; any|任何一人|anyone
once|一次|once ; often|多次|often ; score|按得分|by score ; turns|轮流作答|in turns ; buzzer|抢答|buzzer
challenger|攻擂方|challenger ; champion|守擂方|champion ; places|按名次|places ; top|前几名|top ; joint|共答|joint
loses|失分|loses ; begin|开始答题|begin ; ascending|从低到高|ascending ; descending|从高到低|descending ; wrong|答错|wrong
timeout|超时|timeout ; partly|部分答对|partly right ; foul|犯规|foul ; approve|赞成或不赞成|approve ; points|打分|points
cast|按实投票|as cast ; votes|票数|votes ; present|到场人数|those present ; allowed|允许|allowed ; again|重新投票|again
drop|不计|dropped ; either|两者均可|either ; at-once|当场公布|at once ; after|结束后公布|afterwards ; never|不公布|never
nobody|无|nobody ; machine|机器|machine ; monday|星期一|Monday ; sunday|星期日|Sunday ; act|每次|each act ; earned|得分|earned
balance|余额|balance ; times|次数|times ; row|连续次数|in a row ; period|本周期|the period ; ever|长期|for ever
earlier|先达到者|the earlier ; titles|称号数|titles ; registered|注册人数|registered ; active|参学人数|active ; ratio|参学率|ratio
holders|获称号人数|holders ; vacant|名额空缺|stays empty ; money|奖金|money ; honour|荣誉|honour ; benefit|待遇|benefit
prize|奖品|prize ; writing|书面|in writing ; real-name|实名|real name ; signature|签字|signature ; seal|盖章|seal
evidence|证据|evidence ; refused|不予受理|refused ; noted|记录备查|noted ; objection|异议|objection ; recheck|复核|recheck
dispute|争议|dispute ; contestant|选手|contestant ; coach|教练|coach ; anyone|任何人|anyone ; event|科目|event
waits|暂停|waits ; recompute|重新计算|recompute ; replay|重赛|replay ; own|本人或本单位|their own
list|公布的名单|the published list ; Advance.fill.none|不递补|nobody ; Award.succession.next|依次顺延|the next one follows
Award.succession.none|不顺延，名额空缺|the place stays empty ; Award.to.person|个人|a person ; Award.to.team|团体|a team
Attempts.counts.all|每次都计|all count ; Distinct.unbroken.out|都不算入|none is inside
Advance.unbroken.out|都不晋级|none is inside ; Award.unbroken.out|都不获奖|none is inside
Board.unbroken.out|都不算入|none is inside ; Ranking.unbroken.out|都不算入|none is inside
Team.unbroken.out|都不算入|none is inside ; Breach.then.void|取消成绩|the result is void ; Draw.of.number|编号|number
Draw.of.paper|试卷|paper set ; Draw.pool.recommended|被推荐的|recommended ; RubricLine.of.times|参学人次|times of taking part ; RubricLine.of.days|学习人天|days of learners
RubricLine.of.hand|人工评分|points by hand ; accuracy|正确率|accuracy ; held|是否举办|held
RubricLine.of.entrants|参赛人数|contestants
RubricLine.of.late|晚报天数|days late ; levels|覆盖层级数|levels covered ; lists|按时报送比例|lists in time
incidents|考务异常次数|incidents ; adopted|信息采用条数|items adopted ; facts|登记的资料项数|records of facts
Form.per.person|每人|each person
Form.per.work|每件作品|each work ; Form.per.unit|每个单位|each unit ; Form.per.delegation|每个代表队|each delegation
Form.per.entry|每个参赛对象|each entry ; FormField.kind.person|姓名（一人）|a person's name
FormField.kind.persons|姓名（多人）|persons' names ; FormField.kind.month|月份|month ; Form.medium.email|发送电子邮件|by e-mail
Ledger.period.month|每月|a month ; Objection.person.phone|联系电话|phone ; Objection.unit.phone|联系电话|phone
Appeal.needs.phone|联系电话|phone ; Objection.person.id-number|身份证号|identity number
PaperPart.partial.share|按比例给分|a share ; PaperPart.partial.none|不给部分分|none ; Portion.round.half-up|四舍五入|half up
Roster.leader.extra|另设领队|one more ; Roster.leader.none|不设领队|none ; Roster.leader.player|由选手兼任|a player
Attempts.per.month|每月|a month ; Once.per.month|每月|a month ; Title.per.month|每月|a month
Sitting.mode.online|在线考试|online ; Sitting.mode.paper|纸笔考试|on paper ; Tries.counts.sum|累计|added up
Tries.counts.last|取最后一次|the last ; Attempts.counts.last|取最后一次|the last ; Tries.per.all|总共|in all
Attempts.per.all|总共|in all ; Ledger.period.all|长期累计|for ever ; Once.per.all|总共|in all
Title.per.all|长期累计|for ever ; Visibility.public.none|不公开|nothing ; Visibility.contestant.none|不公开|nothing
Visibility.unit.none|不公开|nothing ; Advance.guests.skip|跳过，不占名额|passed over ; Advance.guests.include|与其他代表队一样|like the others
Award.guests.skip|跳过，不占名额|passed over ; Award.guests.include|与其他代表队一样|like the others
"""


def _keys(text: str) -> dict[str, Pair]:
    rows = (row.split("|") for line in text.splitlines() for row in line.split(" ; ") if row)
    return {name.rstrip("_"): (zh, en) for name, zh, en in rows}


_BOXES: Final[Mapping[str, Pair]] = _keys(_KEYS)
_CHOICES: Final[Mapping[str, Pair]] = _keys(_WORDS)


def label(cls: str, key: str, lang: str = "zh") -> str:
    """Name a key of a class as a box of a form is named."""
    english = lang.partition("-")[0] == "en"
    found = _BOXES.get(f"{cls}.{key}")
    if found is not None:
        return found[english]
    if not english:
        return key_title(cls, key)
    return _ENGLISH.get(key, key.replace("_", " ").capitalize())


def word(cls: str, key: str, value: str, lang: str = "zh") -> str:
    """Name one of the words that a key may have; a word without a name stays as it is."""
    found = _CHOICES.get(f"{cls}.{key}.{value}") or _CHOICES.get(value)
    return found[lang.partition("-")[0] == "en"] if found is not None else value


def has_word(cls: str, key: str, value: str) -> bool:
    """Say whether a word has its names."""
    return f"{cls}.{key}.{value}" in _CHOICES or value in _CHOICES
