/** The upload field's words, Chinese first. `%1`, `%2` and `%3` are filled in order. */

const ZH = {
  choose: "选择文件",
  waiting: "等待上传",
  sending: "已传%1／%2（%3%）",
  sendingLeft: "已传%1／%2（%3%），约剩%4",
  paused: "已暂停，已传%1／%2",
  offline: "网络中断，已传%1／%2，恢复后自动续传",
  checking: "已传完，正在检查（%1%）",
  ready: "已传完，可以提交",
  unfinished: "上次传到%1／%2，请重新选择该文件，从断点续传",
  pause: "暂停",
  go: "继续",
  remove: "移除",
  nameOf: "%1：%2",
  progressOf: "“%1”的上传进度",
  empty: "“%1”是空文件。请检查后重新选择。",
  tooLarge: "“%1”过大。每个文件不超过%2，请压缩或拆分后上传。",
  wrongType: "“%1”的格式不在接收范围内。可上传的格式：%2。",
  failed: "上传中断。请点“继续”重试，已传部分不会丢失。",
  still: "还有文件未传完，请等上传和检查结束后再提交。",
  listComma: "、",
  seconds: "%1秒",
  minutes: "%1分钟",
  hours: "%1小时%2分钟",
  bytes: "%1字节",
};

const EN: typeof ZH = {
  choose: "Choose files",
  waiting: "Waiting",
  sending: "%1 of %2 sent (%3%)",
  sendingLeft: "%1 of %2 sent (%3%), about %4 left",
  paused: "Paused, %1 of %2 sent",
  offline: "No network. %1 of %2 sent; goes on when the network is back",
  checking: "Sent, being checked (%1%)",
  ready: "Sent, can be submitted",
  unfinished: "%1 of %2 sent last time. Choose the same file again to go on from there",
  pause: "Pause",
  go: "Go on",
  remove: "Remove",
  nameOf: "%1: %2",
  progressOf: "Progress of “%1”",
  empty: "“%1” is empty. Check it and choose again.",
  tooLarge: "“%1” is too large. At most %2 a file: compress or split it.",
  wrongType: "“%1” is not of a type taken here. Types: %2.",
  failed: "The upload broke off. Press “Go on”; what was sent is kept.",
  still: "Some files are not finished. Submit when they are sent and checked.",
  listComma: ", ",
  seconds: "%1 s",
  minutes: "%1 min",
  hours: "%1 h %2 min",
  bytes: "%1 bytes",
};

export type Word = keyof typeof ZH;

let words = ZH;

export function speak(lang: string): void {
  words = lang.startsWith("en") ? EN : ZH;
}

export function t(word: Word, ...values: readonly (string | number)[]): string {
  return words[word].replace(/%(\d)/g, (_, place: string) => String(values[Number(place) - 1] ?? ""));
}
