import { expect, test } from "vitest";
import {
  formatInterval,
  formatLatency,
  formatLatencyChange,
  formatPercent,
  formatPoints,
} from "./numbers.ts";

test("a percentage keeps one decimal and does not break before its sign", () => {
  expect(formatPercent(0.07, "en-GB")).toBe("7.0\u00a0%");
  expect(formatPercent(0.0698, "pt-BR")).toBe("7,0\u00a0%");
  expect(formatPercent(1, "en-GB")).toBe("100.0\u00a0%");
  expect(formatPercent(0.00152, "en-GB", 2)).toBe("0.15\u00a0%");
});

test("a latency is whole milliseconds below one second, then seconds", () => {
  expect(formatLatency(463.4, "en-GB")).toBe("463\u00a0ms");
  expect(formatLatency(1422, "en-GB")).toBe("1.42\u00a0s");
  expect(formatLatency(1422, "pt-BR")).toBe("1,42\u00a0s");
});

test("an interval has its sign once", () => {
  expect(formatInterval({ low: 0.061, high: 0.0784 }, "en-GB")).toBe("6.1–7.8\u00a0%");
  expect(formatInterval({ low: 0, high: 1 }, "pt-BR")).toBe("0,0–100,0\u00a0%");
});

test("a change has a sign as wide as any other, and none when it rounds to nothing", () => {
  expect(formatPoints(0.0134, "en-GB")).toBe("+1.3");
  expect(formatPoints(-0.002, "pt-BR")).toBe("−0,2");
  expect(formatPoints(-0.0001, "en-GB")).toBe("0.0");
});

test("a change of a time is written in the unit of the time beside it", () => {
  expect(formatLatencyChange(-41.2, 620, "en-GB")).toBe("−41\u00a0ms");
  expect(formatLatencyChange(112, 1420, "pt-BR")).toBe("+0,11\u00a0s");
});
