"""Small rulebooks that together use every key of the language's first form that decides."""

TINY = """\
rulebook: 1
id: tiny
title: 小赛
year: 2022
delegations:
  title: 代表队
  each: {under: "51", level: prefecture}
tracks:
  individual: {title: 个人赛, kind: person}
events:
  exam: {title: 比试, kind: exam, max: "10.0", decimals: 1}
stages:
  nomination:
    title: 报名
    method: nomination
    quota: {per: delegation, count: 2}
    bars:
      - id: newcomers
        title: 新人赛
        refuse: {has: {kind: contest, key: 决赛, since: 2019}}
        source: 已参加过2019年以来决赛的不参加
    advance:
      - {to: contest, as: individual, take: everyone}
  contest:
    title: 比赛
    method: contest
    events: [exam]
    total: {sum: [exam]}
    ranking: {keys: [total], unbroken: draw}
    team: {title: 团体成绩, top: 2, fewer: count, keys: [total], unbroken: draw}
awards:
  - {id: team, title: 优胜队, to: team, stage: contest, ranks: [1, 1]}
  - {id: best, title: 优胜者, to: person, stage: contest, ranks: [1, 2]}
"""

# Two tracks, two events, teams and individuals advance, guests are skipped here and there.
WIDE = """\
rulebook: 1
id: wide
title: 两轮赛
year: 2022
delegations:
  title: 代表队
  each: {under: "51", level: prefecture}
  also:
    - {unit: 51-guest, name: 友谊队, guest: true}
    - {unit: 51-home, name: 东道主队}
tracks:
  urban: {title: 城市组, kind: person}
  rural: {title: 乡村组, kind: person}
events:
  paper:
    title: 笔试
    kind: exam
    max: "60"
    decimals: 0
    keys:
      pages: {title: 卷面, better: higher}
      blots: {title: 涂改, better: lower, unit: 处, decimals: 1}
  desk: {title: 实操, kind: exam, max: "40.00", decimals: 2}
  talk: {title: 答辩, kind: exam, max: "5.0", decimals: 1}
stages:
  entry:
    title: 报名
    method: nomination
    quota: {per: delegation, count: 8}
    advance: [{to: check, as: individual, take: everyone}]
  check:
    title: 审核
    method: nomination
    bars:
      - id: known
        title: 熟手
        refuse:
          all:
            - any:
                - has: {kind: contest, key: 省赛, since: 2020}
                - has: {kind: contest, key: 国赛}
            - lacks: {kind: title, key: 新秀, year: 2022}
        source: 熟手不参加
      - id: points
        title: 积分
        refuse: {below: {kind: points, key: 积分, value: "9.5", year: 2022}}
        source: 积分不足的不参加
    advance: [{to: heat, as: individual, take: everyone}]
  heat:
    title: 初赛
    method: contest
    events: [paper, desk]
    total: {sum: [paper, desk]}
    ranking: {keys: [total, desk, paper.pages, paper.blots], unbroken: draw}
    team: {title: 团体成绩, top: 3, fewer: exclude, keys: [total, members], unbroken: vote}
    advance:
      - {to: final, as: team, teams: 2, members: 2, guests: skip}
      - {to: final, as: individual, top: 6, guests: include, except: already}
      - {to: show, as: individual, top: 3, guests: skip}
  show:
    title: 展示
    method: contest
    quota: {per: stage, count: 9}
    events: [talk]
    total: {sum: [talk]}
    ranking: {keys: [talk], unbroken: jury}
    advance: [{to: gala, as: individual, take: everyone}]
  gala:
    title: 汇报
    method: nomination
  final:
    title: 决赛
    method: contest
    events: [talk, desk]
    total: {sum: [desk]}
    ranking: {keys: [total, talk], unbroken: draw}
    team: {title: 团体成绩, of: advanced, top: 3, fewer: count, keys: [members], unbroken: draw}
awards:
  - {id: star, title: 明星, to: person, stage: heat, per: delegation, top: 2, unless: [medal, guest], exhausted: vacant}
  - {id: cup, title: 奖杯, to: team, stage: final, ranks: [1, 1]}
  - {id: bowl, title: 奖碗, to: team, stage: heat, top: 2, guests: include, unless: [cup]}
  - {id: medal, title: 奖章, to: person, stage: final, ranks: [2, 3], guests: skip}
  - {id: guest, title: 佳宾, to: person, stage: show, top: 1, unless: [medal]}
"""

# The best individuals first, teams afterwards; the same delegation may hold several places.
LATE = """\
rulebook: 1
id: late
title: 后补赛
year: 2022
delegations:
  title: 代表队
  also:
    - {unit: "01", name: 一队}
    - {unit: "02", name: 二队}
    - {unit: "03", name: 三队, guest: true}
tracks:
  all: {title: 全体, kind: person}
events:
  exam:
    title: 考试
    kind: exam
    max: "40"
    decimals: 0
    keys:
      time: {title: 用时, better: lower, unit: 秒}
stages:
  first:
    title: 第一轮
    method: contest
    events: [exam]
    total: {sum: [exam]}
    ranking: {keys: [exam.time], unbroken: playoff}
    team: {title: 团体, top: 2, fewer: count, keys: [total], unbroken: draw}
    advance:
      - {to: second, as: team, top: 2, guests: include}
      - {to: second, as: individual, teams: 1, members: 1, guests: include, except: already}
      - {to: third, as: individual, take: everyone}
  second:
    title: 第二轮
    method: contest
    events: [exam]
    total: {sum: [exam]}
    ranking: {keys: [total, exam.time], unbroken: draw}
    team: {title: 团体, of: advanced, top: 2, fewer: count, keys: [total, members], unbroken: draw}
  third:
    title: 第三轮
    method: contest
    events: [exam]
    total: {sum: [exam]}
    ranking: {keys: [total], unbroken: draw}
awards:
  - {id: one, title: 甲等, to: person, stage: third, ranks: [1, 1]}
  - {id: two, title: 乙等, to: person, stage: third, ranks: [2, 3]}
  - {id: own, title: 队内第一, to: person, stage: first, per: delegation, top: 1, unless: [one, two]}
"""

# Groups, caps, shares, lines, pass marks, carry with rounding, declared boards, keys for lines alone.
GROUPS = """\
rulebook: 1
id: groups
title: 分组赛
delegations: {title: 代表队, also: [{unit: guest, name: 客队, guest: true}]}
facts:
  group: {title: 组别}
  birth: {title: 出生日期}
  grade: {title: 职级, unit: 级}
  sex: {title: 性别}
tracks:
  one: {title: 甲组}
  two: {title: 乙组}
events:
  paper: {title: 笔试, kind: exam, max: "100", decimals: 0, keys: {time: {title: 用时, better: lower, unit: 秒}}}
  desk: {title: 实操, max: "50.0", min: "-5", decimals: 1}
  talk: {title: 答辩, decimals: 1}
stages:
  sift:
    title: 资格审查
    method: nomination
    bars:
      - {id: age, title: 年龄, require: {is: {kind: birth, from: 1980-01-10}}, tracks: [one]}
      - {id: grade, title: 职级, refuse: {not: {is: {kind: grade, least: "2"}}}}
      - {id: odd, title: 其他, refuse: {all: [{is: {kind: sex, in: [男]}}, {has: {kind: title, key: 往届冠军}}]}}
    advance: [{to: heat, take: everyone}]
  heat:
    title: 初赛
    events: [paper, desk]
    absent: zero
    qualify: [{of: paper, least: "10"}, {of: total, least: "1"}]
    total: {weights: {paper: 1/3, desk: 2/3}, base: "2.5", round: {decimals: 1, mode: half-even}}
    figures:
      both: {title: 两项之和, sum: [paper, desk], decimals: 1}
      late: {title: 用时之和, sum: [paper.time], better: lower, unit: 秒}
    ranking:
      keys: [total, both]
      at_lines: [late, -fact:birth]
      unbroken: draw
      distinct: [{ranks: [1, 2], unbroken: draw}]
    boards:
      women: {title: 女子, where: {is: {kind: sex, in: [女]}}, unbroken: share}
      quick: {title: 快手, keys: [paper.time, total], per: group}
    advance:
      - {to: semi, top: 1, per: group, guests: include, unbroken: share}
      - {to: semi, as: recommended, board: women, top: 2, except: already, guests: skip, cap: [{per: delegation, count: 1}]}
      - {to: semi, up_to: 9, guests: skip, cap: [{per: group, count: 3}], reserves: 2}
      - {to: side, share: {share: 40%, round: up}, guests: include, fill: none, where: {not: {is: {kind: grade, above: "2"}}}}
      - {to: side, least: "70", except: already, when: {least: 3}}
      - {to: guests, board: quick, per: group, top: 1, guests: include, unbroken: out}
  semi:
    title: 复赛
    held: {least: 4}
    bars: [{id: late, title: 迟到, refuse: {below: {kind: points, key: 积分, value: "3"}}}]
    events: [talk]
    total: {carry: [{from: heat, share: 40%}], sum: [talk], round: {decimals: 2, mode: up}, max: "999"}
    ranking: {keys: [total, "stage:heat", "stage:heat.desk", talk], unbroken: playoff, style: dense}
    advance:
      - {to: beyond, top: 3, guests: skip, confirm: 组委会}
      - {to: grand, take: everyone, cap: [{per: delegation, count: 2}], unbroken: draw}
  side: {title: 邀请赛, events: [talk], trial: true}
  grand: {title: 总成绩, total: {carry: [{from: heat, share: 1/3}, {from: semi, share: 2/3}]}, ranking: {unbroken: share}}
beyond:
  beyond: {title: 全国赛}
  guests: {title: 观摩}
awards:
  - {id: gold, title: 金奖, to: person, stage: heat, ranks: [1, 1]}
  - {id: silver, title: 银奖, to: person, stage: heat, ranks: [2, 3], unbroken: share}
  - {id: bronze, title: 铜奖, to: person, stage: heat, ranks: [4, 6], unbroken: out}
  - {id: women, title: 巾帼奖, to: person, stage: heat, board: women, share: {share: 50%, round: down, of: ranked}, unless: [gold]}
  - {id: group, title: 小组奖, to: person, stage: heat, per: group, top: 1, unless: [gold, women], succession: none}
  - {id: good, title: 优秀奖, to: person, stage: heat, least: "60", unless: [gold, silver, bronze], within: {share: 80%, round: half-up}}
  - {id: rest, title: 参与奖, to: person, stage: heat, rest: true, unless: [gold, silver, bronze, good], where: {has: {kind: title, key: 志愿者}}}
  - {id: style, title: 风采奖, to: person, stage: heat, decided: 评委会, count: 2}
  - {id: crown, title: 总冠军, to: person, stage: grand, ranks: [1, 1]}
  - {id: half, title: 半数奖, to: person, stage: semi, share: {share: 1/2, round: half-up, of: rest}, unless: [style]}
honours:
  - {id: money, title: 奖金, kind: money, amount: "1000.5", awards: [gold, silver]}
  - {id: medal, title: 五一奖章, kind: honour, stage: heat, ranks: [1, 3], tracks: [two], where: {any: [{has: {kind: award, key: 金奖}}, {is: {kind: grade, most: "2"}}]}, given_by: 工会}
  - {id: luck, title: 幸运奖, kind: prize, titles: [star], lottery: 2}
"""

# Teams: by seats, by a mean, with scores of their own, over all tracks; entries that are teams.
TEAMS = """\
rulebook: 1
id: teams
title: 团队赛
facts:
  slot: {title: 席位}
  unit: {title: 单位}
tracks:
  solo: {title: 个人}
  trio: {title: 三人组, kind: team}
events:
  paper: {title: 笔试, kind: exam, max: "20", decimals: 0}
  show: {title: 展示, max: "10.0", decimals: 1}
stages:
  heat:
    title: 预赛
    tracks: [solo]
    events: [paper]
    ranking: {keys: [total, "fact:slot"], at_lines: [paper], unbroken: draw}
    team:
      title: 团体
      top: 3
      score: mean
      keys: [total, "slot:1", "best:fact:slot", "sum:paper", members]
      at_lines: [show]
      unbroken: jury
      plus: {show: 50%}
      round: {decimals: 2, mode: down}
    advance:
      - {to: final, as: team, teams: 2, members: 2, unbroken: draw, cap: [{per: unit, count: 2}]}
      - {to: beyond, as: team, teams: 1}
      - {to: final, top: 4, except: already, reserves: 2, cap: [{per: unit, count: 2}], fill: next}
  final:
    title: 决赛
    events: [paper, show]
    total: {sum: [paper]}
    ranking: {keys: [total, show], unbroken: share}
    team: {title: 总团体, of: all, who: individual, tracks: together, keys: [total, members], unbroken: vote}
    boards:
      units: {title: 单位榜, keys: [show], per: unit}
beyond: {beyond: {title: 全国赛}}
awards:
  - {id: cup, title: 奖杯, to: team, stage: heat, ranks: [1, 2]}
  - {id: plate, title: 奖盘, to: team, stage: heat, share: {share: 50%, round: up}, unless: [cup]}
  - {id: all, title: 总奖, to: team, stage: final, top: 2}
  - {id: unit, title: 单位之星, to: person, stage: final, board: units, per: unit, top: 1, unbroken: share}
  - {id: late, title: 末奖, to: team, stage: final, ranks: [3, 3], unbroken: share, unless: [all]}
  - {id: own, title: 队内之星, to: person, stage: final, per: delegation, share: {share: 50%, round: up}, unbroken: draw}
honours:
  - {id: flag, title: 流动红旗, kind: honour, stage: heat, ranks: [1, 1], to: team}
  - {id: star, title: 标兵, kind: honour, awards: [cup, own], where: {not: {has: {kind: award, key: 总奖}}}}
"""

# Quizzes of teams: places and fouls of which fewer are better, facts of members and of their team,
# caps with counts of their own, shares of the rest, lists that are named, drawn and confirmed.
QUIZ = """\
rulebook: 1
id: quiz
title: 竞答赛
facts:
  rank: {title: 级别}
  trained: {title: 已培训}
tracks:
  east: {title: 东区, kind: team}
  west: {title: 西区, kind: team}
events:
  hall:
    title: 现场竞答
    kind: live
    decimals: 0
    live:
      members: 3
      segments:
        - {id: press, title: 抢答题, buzzer: {questions: 2}, points: {right: 1}}
        - {id: arena, title: 擂台赛, arena: {passes: 1, opener: 1, places: [8, 5, 3, 1]}, order: {by: given}}
  paper: {title: 笔试, kind: exam, max: "20", decimals: 0, keys: {time: {title: 用时, better: lower, unit: 秒}}}
  duty: {title: 组织分, max: "5.0", decimals: 1}
stages:
  heat:
    title: 初赛
    absent: zero
    events: [hall, paper]
    bars:
      - {id: trained, title: 未培训, require: {any: [{is: {kind: trained, in: [是]}}, {is: {kind: rank, least: "2"}}]}}
    ranking: {keys: [total, hall.place, hall.fouls], at_lines: [paper.time], unbroken: confirmation}
    team: {title: 组织奖分, top: 2, keys: [total, "sum:hall.fouls", "best:hall.place"], unbroken: confirmation, plus: {duty: 100%}}
    advance:
      - {to: final, share: {share: 30%, round: down, of: ranked}, cap: [{per: delegation, count: 2, counts: {"5101": 1, "5102": 0}}], unbroken: draw}
      - {to: final, share: {share: 50%, round: half-up, of: rest}, except: already, cap: [{per: delegation, count: 2, counts: {"5103": 1}}], reserves: 3, unbroken: vote, confirm: 组委会}
      - {to: final, up_to: 12, unbroken: confirmation}
  final:
    title: 决赛
    absent: zero
    events: [hall]
    ranking: {keys: [total, "stage:heat.hall.place", "stage:heat.paper.time", hall.wrong], unbroken: share}
    team: {title: 总分, tracks: together, keys: [total, members], unbroken: draw}
awards:
  - {id: pick, title: 风采奖, to: person, stage: heat, decided: 评委会, tracks: [east]}
  - {id: host, title: 组织奖, to: team, stage: final, decided: 组委会}
  - {id: gold, title: 金奖, to: person, stage: final, top: 1, unbroken: share}
  - {id: best, title: 先锋奖, to: person, stage: heat, ranks: [1, 2], unless: [gold], unbroken: share, stacks: true}
  - {id: next, title: 进取奖, to: person, stage: heat, ranks: [3, 4], unless: [gold], unbroken: draw, succession: none, stacks: true}
  - {id: line, title: 达标奖, to: person, stage: heat, least: "15", unless: [gold, best, next], where: {is: {kind: rank, most: "2"}}, stacks: true}
  - {id: team, title: 团体奖, to: team, stage: heat, top: 1, unless: [host]}
honours:
  - {id: east, title: 东区奖金, kind: money, amount: "300", awards: [gold, best, pick], tracks: [east]}
  - {id: any, title: 获奖证明, kind: benefit, stage: heat, ranks: [1, 5], where: {is: {kind: award, in: [金奖, 先锋奖, 达标奖]}}}
  - {id: lot, title: 幸运奖, kind: prize, awards: [line, next], lottery: 1}
"""
