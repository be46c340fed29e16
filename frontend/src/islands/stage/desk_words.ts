/** Words of the host's console alone. */

import type { Language } from "../../lib/lane";

const ZH = {
  screen: "大屏",
  more: "更多操作",
  log: "现场记录",
  net: "网络",
  test: "测试网络",
  testing: "正在测试，约10秒…",
  measured: "%1号：往返99百分位%2毫秒，中位%3毫秒（%4次）",
  judge: "请判定",
  waitPress: "等待抢答",
  pickSeat: "点选一个席位，可记犯规、加减分、退赛等。",
  pickStake: "请选题",
  noText: "题目由主持人口述",
  again: "再按一次确认：",
  reveal: "公布答案",
  strip: "字幕条",
  stripOn: "显示",
  stripOff: "收起",
  stripHint: "嘉宾、评委等，如“岳望舒｜裁判长”。收起后显示作答的席位。",
  arrival: "按到达先后",
  compensated: "时延补偿，上限%1毫秒",
  shows: { auto: "自动", cover: "封面", question: "题目", scores: "比分", order: "排名", black: "黑屏" },
};

export type DeskWords = typeof ZH;

const EN: DeskWords = {
  screen: "Hall screen",
  more: "More",
  log: "Log",
  net: "Network",
  test: "Test the network",
  testing: "Testing, about 10 s…",
  measured: "Seat %1: round trip p99 %2 ms, median %3 ms (%4 samples)",
  judge: "Give a verdict",
  waitPress: "Waiting for a press",
  pickSeat: "Choose a seat for fouls, points, leaving and the like.",
  pickStake: "Choose a question",
  noText: "The host reads this question",
  again: "Press again: ",
  reveal: "Show the answer",
  strip: "Lower third",
  stripOn: "Show",
  stripOff: "Clear",
  stripHint: "A guest or a judge, such as “Li Wei｜chief judge”. Cleared, it names the seat that answers.",
  arrival: "by arrival",
  compensated: "compensated, at most %1 ms",
  shows: { auto: "Auto", cover: "Cover", question: "Question", scores: "Scores", order: "Standing", black: "Black" },
};

export function deskWords(language: Language): DeskWords {
  return language === "en" ? EN : ZH;
}
