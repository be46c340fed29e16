/** The judge's and the timekeeper's words, Chinese first; sentences on marks are the server's own. `%1`, `%2` are filled in order. */

import type { Language } from "../../lib/lane";

const ZH = {
  noFigure: "“%1”不是数字。请写成如8.5。",
  decimals: "%1的小数超过%2位。请核对。",
  range: "%1分不在%2至%3分之间。请核对。",
  grain: "%1不是%2分的整数倍。请核对。",
  more: "%1加%2分",
  less: "%1减%2分",
  sum: "合计",
  missing: "还有%1项未评",
  wrong: "有%1项须更正",
  local: "草稿存于本机",
  localOffline: "草稿存于本机，联网后自动送出",
  delivered: "草稿已送达",
  deliveredAt: "草稿已送达 %1",
  signedOut: "草稿存于本机，登录已失效，请刷新页面重新登录",
  other: "服务器上有您在另一台设备上写的较新草稿。",
  useOther: "用那一份",
  useOwn: "用本机这份",
  notLasting: "本机浏览器不能保存草稿，请不要关闭本页",
  notSubmitted: "没有网络，评分表还没有提交。草稿存于本机，恢复后请再次提交。",
  submitting: "正在提交…",
  runs: "计时中",
  stopped: "已停止",
  tooShort: "未到%1",
  signal: "%1提示",
  over: "已超时%1",
  halt: "满%1，请停止",
  left: "剩余%1",
  until: "到%1还有%2",
  tone: "开启提示音",
  toneOff: "关闭提示音",
};

const EN: typeof ZH = {
  noFigure: "'%1' is no figure; write it like 8.5",
  decimals: "%1 has more than %2 decimals; check it",
  range: "%1 is not between %2 and %3; check it",
  grain: "%1 is no whole multiple of %2; check it",
  more: "%1: %2 more",
  less: "%1: %2 less",
  sum: "Sum",
  missing: "%1 still to mark",
  wrong: "%1 to correct",
  local: "Draft on this device",
  localOffline: "Draft on this device; it is sent as soon as there is a network",
  delivered: "Draft delivered",
  deliveredAt: "Draft delivered %1",
  signedOut: "Draft on this device; you are signed out. Reload the page and sign in again",
  other: "The server has a newer draft that you wrote on another device.",
  useOther: "Use that one",
  useOwn: "Use this one",
  notLasting: "This browser cannot keep drafts. Do not close the page",
  notSubmitted: "There is no network: the sheet is not submitted. The draft is on this device; submit again when the network is back.",
  submitting: "Submitting…",
  runs: "Running",
  stopped: "Stopped",
  tooShort: "Not yet %1",
  signal: "%1 signal",
  over: "%1 over time",
  halt: "%1 reached: stop",
  left: "%1 left",
  until: "%2 until %1",
  tone: "Turn tones on",
  toneOff: "Turn tones off",
};

export type Words = typeof ZH;

export function wordsOf(language: Language): Words {
  return language === "zh" ? ZH : EN;
}
