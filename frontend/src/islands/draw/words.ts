/** What the island says, in the page's language. */

import type { Claim, ClaimCode } from "./record";

type Pair = readonly [holds: string, fails: string];

const ZH: Record<ClaimCode, Pair> = {
  manifest: ["清单与公布的哈希一致", "清单与公布的哈希不一致"],
  list: ["冻结的名单与公布的哈希一致，共{}个", "冻结的名单与公布的哈希不一致"],
  reveal: ["{}公开的秘密数与事先的承诺一致", "{}的秘密数缺失、与承诺不符或晚于截止时间"],
  source: ["公开数字符合清单，产生在秘密数公开之后", "公开数字与清单不符，或产生得太早"],
  key: ["密钥串由清单哈希、秘密数和公开数字构成", "密钥串不是由清单哈希、秘密数和公开数字构成"],
  attempt: ["首次满足限制条件的尝试编号是{}", "首次满足限制条件的尝试编号应为{}"],
  steps: ["逐步重算一致，共{}步", "第{}步重算不一致"],
  order: ["公布的次序与本机重算一致", "公布的次序与本机重算不一致，重算为：{}"],
  hand: ["人工抽签，不可重算", "人工抽签，不可重算"],
  unfinished: ["抽签尚未完成，以上是目前可以核对的各项", "抽签尚未完成"],
};

const EN: Record<ClaimCode, Pair> = {
  manifest: ["The manifest has the published hash", "The manifest does not have the published hash"],
  list: ["The frozen list has the published hash ({} names)", "The frozen list does not have the published hash"],
  reveal: ["{}: the secret fits the commitment", "{}: the secret is missing, late, or does not fit the commitment"],
  source: ["The public numbers fit the manifest and came after the reveals", "The public numbers do not fit, or came too early"],
  key: ["The key string is made of manifest, secrets and numbers", "The key string is not made of manifest, secrets and numbers"],
  attempt: ["Attempt {} is the first that keeps the constraints", "The first attempt that keeps the constraints is {}"],
  steps: ["Every step recomputes ({})", "Step {} does not recompute"],
  order: ["The published order is the recomputed one", "The published order is not the recomputed one: {}"],
  hand: ["Drawn by hand: cannot be recomputed", "Drawn by hand: cannot be recomputed"],
  unfinished: ["The draw is not finished; this is what can be checked so far", "The draw is not finished"],
};

export interface Words {
  readonly good: string;
  readonly bad: string;
  readonly offline: string;
  readonly claim: (claim: Claim) => string;
}

export function wordsOf(language: string): Words {
  const table = language.startsWith("en") ? EN : ZH;
  const claim = (one: Claim): string => table[one.code][one.holds ? 0 : 1].replace("{}", one.about);
  return table === EN
    ? { good: "Recomputed in this browser: all of it holds", bad: "Recomputed in this browser: it does not hold", offline: "The record could not be read. Reload the page.", claim }
    : { good: "已在本机重算，全部一致", bad: "已在本机重算，有不一致", offline: "未能读取抽签记录。请刷新页面再试。", claim };
}
