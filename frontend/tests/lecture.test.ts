import { describe, expect, it } from "vitest";
import { clock, Played, resumeAt, written } from "../src/islands/lecture/played";

/** Four ticks a second from one place to another, as players tell it. */
function run(played: Played, from: number, to: number): void {
  played.begin(from);
  for (let at = from; at <= to; at += 0.25) played.tick(at);
}

describe("what was played", () => {
  it("is one stretch while the film runs, told in parts without a gap", () => {
    const played = new Played();
    run(played, 0, 15.5);
    expect(written(played.take())).toBe("0-15");
    for (let at = 15.75; at <= 30.25; at += 0.25) played.tick(at);
    expect(written(played.take())).toBe("15-30");
    expect(played.take()).toEqual([]);
  });

  it("has nothing of what was jumped over", () => {
    const played = new Played();
    run(played, 0, 10);
    played.stop();
    run(played, 100.5, 110);
    expect(written(played.take())).toBe("0-10,101-110");
  });

  it("takes a wide step for a jump, and a step back as well", () => {
    const played = new Played();
    run(played, 0, 10);
    played.tick(60);
    played.tick(62);
    played.tick(30);
    played.tick(33);
    expect(written(played.take())).toBe("0-10,60-62,30-33");
  });

  it("reaches the film's end where the player stops a little before it", () => {
    const played = new Played();
    run(played, 290, 299.75);
    played.finish(299.9);
    expect(written(played.take())).toBe("290-300");
  });

  it("is told again when it could not be told", () => {
    const played = new Played();
    run(played, 0, 5);
    const lost = played.take();
    for (let at = 5.25; at <= 8; at += 0.25) played.tick(at);
    played.giveBack(lost);
    expect(written(played.take())).toBe("0-5,5-8");
  });

  it("is nothing before the film began", () => {
    const played = new Played();
    played.finish(300);
    expect(played.take()).toEqual([]);
  });
});

describe("where to go on", () => {
  it.each([
    [200, 300, false, 200],
    [4, 300, false, 0],
    [295, 300, false, 0],
    [200, 300, true, 0],
  ])("%d of %d seconds, done %s: %d", (position, length, done, at) => {
    expect(resumeAt(position, length, done)).toBe(at);
  });
});

it("writes the clock as the pages do", () => {
  expect([clock(5), clock(200), clock(3800)]).toEqual(["0:05", "3:20", "1:03:20"]);
});
