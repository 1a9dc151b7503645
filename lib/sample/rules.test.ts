import { expect, test } from "vitest";
import { createPasswordThrottle } from "./rules.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 13, 12, 0, seconds));

test("the right password lets a member in", () => {
  expect(createPasswordThrottle().judge("m", true, at(0))).toBe("in");
});

test("the fifth wrong password locks once, and then even the right one has to wait", () => {
  const throttle = createPasswordThrottle();
  const told = [1, 2, 3, 4, 5].map((second) => throttle.judge("m", false, at(second)));
  expect(told).toEqual(["wrong", "wrong", "wrong", "wrong", "locked"]);
  expect(throttle.judge("m", true, at(6))).toBe("wait");
  expect(throttle.waitSeconds("m", at(6))).toBe(59);
});

test("the wait of one member is no other member's", () => {
  const throttle = createPasswordThrottle();
  for (let second = 0; second < 5; second++) throttle.judge("m", false, at(second));
  expect(throttle.judge("n", true, at(5))).toBe("in");
});

test("after the wait a member starts anew", () => {
  const throttle = createPasswordThrottle();
  for (let second = 0; second < 5; second++) throttle.judge("m", false, at(second));
  expect(throttle.judge("m", false, at(65))).toBe("wrong");
  expect(throttle.judge("m", true, at(66))).toBe("in");
});

test("remembering members never grows past its bound", () => {
  const throttle = createPasswordThrottle();
  for (let second = 0; second < 5; second++) throttle.judge("first", false, at(second));
  for (let member = 0; member < 1000; member++) throttle.judge(`other-${member}`, false, at(5));
  expect(throttle.waitSeconds("first", at(5))).toBe(0);
});
