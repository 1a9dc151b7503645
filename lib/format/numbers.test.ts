import { expect, test } from "vitest";
import { formatLatency, formatPercent } from "./numbers.ts";

test("a percentage keeps one decimal and does not break before its sign", () => {
  expect(formatPercent(0.07, "en-GB")).toBe("7.0\u00a0%");
  expect(formatPercent(0.0698, "pt-BR")).toBe("7,0\u00a0%");
  expect(formatPercent(1, "en-GB")).toBe("100.0\u00a0%");
});

test("a latency is whole milliseconds below one second, then seconds", () => {
  expect(formatLatency(463.4, "en-GB")).toBe("463\u00a0ms");
  expect(formatLatency(1422, "en-GB")).toBe("1.42\u00a0s");
  expect(formatLatency(1422, "pt-BR")).toBe("1,42\u00a0s");
});
