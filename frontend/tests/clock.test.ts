import { describe, expect, it } from "vitest";
import { Backoff } from "../src/lib/backoff";
import { clockText, dayClock, ServerClock } from "../src/lib/clock";

describe("the server's clock", () => {
  it("takes half of the round trip as the way back", () => {
    let mono = 1000;
    const clock = new ServerClock(() => mono);
    clock.sample(1000, 1100, 5_000_050); // the server stamped in the middle of a 100 ms trip
    mono = 1100;
    expect(clock.now()).toBe(5_000_100);
    expect(clock.doubt).toBe(50);
  });

  it("keeps the sample with the shorter trip", () => {
    const clock = new ServerClock(() => 2000);
    clock.sample(0, 20, 1_000_010);
    clock.sample(1000, 1400, 1_001_300); // slow, and off by 100
    expect(clock.now()).toBe(1_002_000);
  });

  it("believes a jump that no trip explains: the machine slept", () => {
    const clock = new ServerClock(() => 3000);
    clock.sample(0, 20, 1_000_010);
    clock.sample(2000, 2100, 1_600_050);
    expect(clock.now()).toBe(1_601_000);
  });

  it("lets an old sample go when its trust has run out", () => {
    const clock = new ServerClock(() => 1_000_100);
    clock.sample(0, 20, 10);
    clock.sample(1_000_000, 1_000_100, 1_000_070); // 1,000 s later an offset of 20, a trip of 100
    expect(clock.now()).toBe(1_000_120);
  });

  it("starts from what was known before a reload, until the server answers", () => {
    const clock = new ServerClock(() => 500);
    clock.seed(9_000_000);
    expect(clock.now()).toBe(9_000_000);
    clock.sample(480, 500, 9_000_100);
    expect(clock.now()).toBe(9_000_110);
  });
});

describe("times for the eye", () => {
  it.each([
    [2_486_000, "41:26"],
    [5_025_000, "1:23:45"],
    [500, "0:01"],
    [-5000, "0:00"],
  ])("%d ms is %s", (left, text) => {
    expect(clockText(left)).toBe(text);
  });

  it("gives Shanghai's time of day wherever the computer stands", () => {
    expect(dayClock(Date.UTC(2022, 6, 15, 3, 0, 0))).toBe("11:00:00");
    expect(dayClock(Date.UTC(2022, 6, 15, 16, 5, 0), false)).toBe("0:05");
  });
});

describe("back-off", () => {
  it("doubles up to its bound and starts again after a success", () => {
    const waits = new Backoff(1000, 15_000, () => 1);
    expect([1, 2, 3, 4, 5, 6].map(() => waits.next())).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
    waits.reset();
    expect(waits.next()).toBe(1000);
  });

  it("spreads by chance over the upper half", () => {
    expect(new Backoff(1000, 15_000, () => 0).next()).toBe(500);
  });
});
