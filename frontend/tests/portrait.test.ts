import { expect, test } from "vitest";
import { middle, moved, told, widest, zoomed } from "../src/islands/portrait/frame";

const landscape = { width: 1000, height: 413 };

test("the widest frame keeps the proportion of one inch", () => {
  expect(widest(landscape)).toBe(295);
  expect(widest({ width: 295, height: 1000 })).toBe(295);
});

test("without a choice the frame lies in the middle", () => {
  expect(middle(landscape)).toEqual({ left: 352.5, top: 0, width: 295 });
  expect(told(middle(landscape), landscape)).toBe("3525,0,2950");
});

test("the frame never leaves the picture", () => {
  expect(moved(middle(landscape), landscape, 9999, 9999)).toEqual({ left: 705, top: 0, width: 295 });
  expect(moved(middle(landscape), landscape, -9999, -5)).toEqual({ left: 0, top: 0, width: 295 });
});

test("zooming keeps the middle and is bounded", () => {
  const near = zoomed(middle(landscape), landscape, 2);
  expect(near.width).toBe(147.5);
  expect(near.left).toBe(426.25);
  expect(zoomed(near, landscape, 99).width).toBe(73.75);
});
