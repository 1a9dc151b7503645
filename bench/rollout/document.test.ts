import { expect, test } from "vitest";
import { putSection, sectionOf } from "./document.ts";
import { shareOf } from "./finding.ts";

const page = "Before.\n<!-- bench:rollout limits -->\nold\n<!-- end of bench:rollout limits -->\nAfter.\n";

test("a section takes the place of the one before and leaves the rest of the page", () => {
  const written = putSection(page, "limits", "new");
  expect(written).toBe(page.replace("old", "new"));
  expect(putSection(written, "limits", "new")).toBe(written);
});

test("a page without a place for it is refused", () => {
  expect(() => putSection(page, "splits", "new")).toThrow("splits");
});

test("a section says what stands beside the design, and what chance does not explain", () => {
  const table = (count: number) => ({
    title: "A table",
    runs: 300,
    head: ["users", "shipped"],
    rows: [["500", shareOf(count, 300, { is: 48, runs: 300 })]],
  });
  expect(sectionOf(table(60), "300 runs")).toContain(
    "300 runs. Figures with the design's beside them: 1. Beyond chance: 500, shipped: 20.0 % (15.9–24.9) / 48.",
  );
  expect(sectionOf(table(144), "300 runs")).toContain("None is beyond chance.");
  expect(sectionOf({ ...table(1), rows: [["500", "none"]] }, "300 runs")).toMatch(/\n300 runs\.$/);
});
