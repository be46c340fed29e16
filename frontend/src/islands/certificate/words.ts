/** What the page says. A certificate is a Chinese document; the page follows the page's language. */

import type { Answer } from "./check";

interface Words {
  heads: Record<Answer["verdict"], string>;
  told: (answer: Answer) => string;
  facts: Record<"serial" | "holder" | "delegation" | "award" | "season" | "issuer" | "day" | "on" | "by" | "asOf" | "key", string>;
  empty: string;
  register: string;
  file: string;
}

const WHY_ZH: Record<string, string> = {
  shape: "这不是证书二维码中的文字，或文字不完整。请重新扫描，或完整粘贴。",
  keys: "没有可用的密钥文件，无法核对签名。请使用颁发单位提供的完整查验页面。",
  key: "签名所用的密钥不在密钥文件中。证书可能不是由该单位颁发，或密钥文件较旧。",
  signature: "签名与内容不符。内容可能被改动过，不能据此认定。",
};
const WHY_EN: Record<string, string> = {
  shape: "This is not the text of a certificate's code, or not all of it. Scan it again, or paste all of it.",
  keys: "There is no key file, so the signature cannot be checked. Use the issuer's complete page.",
  key: "The key that signed is not in the key file: not by this issuer, or the key file is old.",
  signature: "The signature is not of this text. It may have been altered.",
};

/** 2022-07-18T02:00:00.000000Z as Beijing time, whatever the device's own zone is. */
export function moment(text: string): string {
  const at = new Date(text.replace(/\.\d+Z$/, "Z"));
  if (Number.isNaN(at.getTime())) return text;
  const local = new Date(at.getTime() + 8 * 3600 * 1000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

const zh: Words = {
  heads: { bad: "不能认定", valid: "有效", revoked: "已作废", superseded: "已换发", unknown: "签名无误，现状不明" },
  told: (answer) => {
    if (answer.verdict === "valid") return `签名无误，截至${moment(answer.asOf)}（北京时间）未作废。`;
    if (answer.verdict === "superseded") return "签名无误，但此证书已换发，原编号不再有效。";
    if (answer.verdict === "revoked") return "签名无误，但此证书已作废，不再有效。";
    if (answer.verdict === "bad") return WHY_ZH[answer.why] ?? "";
    const list = answer.why === "newer" ? `状态清单（${moment(answer.asOf)}）早于此证书。` : "没有状态清单。";
    return `内容确由颁发单位签名。${list}此后是否作废，请取得较新的清单，或向颁发单位核实。`;
  },
  facts: {
    serial: "证书编号", holder: "获奖者", delegation: "代表队（单位）", award: "奖项（称号）", season: "赛季", issuer: "颁发单位", day: "颁发日期",
    on: "作废时间", by: "新编号", asOf: "状态截至", key: "密钥指纹",
  },
  empty: "请用手机扫描证书上的二维码打开本页，或把二维码中的文字粘贴到下面。",
  register: "在登记中查看此编号",
  file: "状态清单无法读取，或签名不符，没有采用。",
};

const en: Words = {
  heads: { bad: "Not verified", valid: "Valid", revoked: "Revoked", superseded: "Replaced", unknown: "Signature good, status unknown" },
  told: (answer) => {
    if (answer.verdict === "valid") return `The signature is good, and as of ${moment(answer.asOf)} (Beijing) it was not revoked.`;
    if (answer.verdict === "superseded") return "The signature is good, but another certificate has replaced this one.";
    if (answer.verdict === "revoked") return "The signature is good, but this certificate was revoked.";
    if (answer.verdict === "bad") return WHY_EN[answer.why] ?? "";
    const list = answer.why === "newer" ? `The status list (${moment(answer.asOf)}) is older than this certificate.` : "There is no status list.";
    return `The issuer signed this. ${list} For what happened since, get a newer list or ask the issuer.`;
  },
  facts: {
    serial: "Number", holder: "Holder", delegation: "Delegation or unit", award: "Award or title", season: "Season", issuer: "Issued by", day: "Issued on",
    on: "Revoked", by: "Replaced by", asOf: "Status as of", key: "Key fingerprint",
  },
  empty: "Open this page with the code on a certificate, or paste the code's text below.",
  register: "Look this number up in the register",
  file: "The status list cannot be read, or its signature is wrong; it was not used.",
};

export const wordsOf = (language: string): Words => (language.startsWith("zh") ? zh : en);
