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
