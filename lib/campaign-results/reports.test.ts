import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { newId } from "#lib/ids.ts";
import { composePdf } from "#lib/letters/compose-pdf.ts";
import { composeCsv } from "./compose-csv.ts";
import { composeReport } from "./compose-report.ts";
import { cellsOf, flawsIn, noFlaws, swappedOf, totalsOf, weakSpotOf } from "./rules.ts";
import { sampleCampaign, tried } from "./testing/sample-campaign.ts";
import type { CampaignResults, TesterRow } from "./types.ts";

const now = new Date("2026-03-20T12:00:00Z");

function results(): CampaignResults {
  const campaign = sampleCampaign();
  const cells = cellsOf(campaign, [
    tried({ in: "new window front", recognised: 20 }),
    tried({
      ...{ in: "old dim front", recognised: 12, notRecognised: 6, unusable: 2, failed: 3 },
      flaws: { ...noFlaws(), dark: 7, none: 1 },
      quality: {
        recognised: { lightLevel: 61.25, sharpness: 0.05 },
        others: { lightLevel: 34, sharpness: 0.04 },
      },
    }),
  ]);
  const tester: TesterRow = {
    ...{ id: newId(), number: 1, issuedAt: now, state: "taking_part", consentedAt: now },
    ...{ tries: 40, calls: 90, held: 1, gone: 0 },
  };
  return {
    ...{ campaign, cells, totals: totalsOf(cells), weakSpot: weakSpotOf(campaign, cells) },
    ...{ flaws: flawsIn(cells), failures: [{ code: "timed_out", count: 3 }], testers: [tester] },
    swapped: swappedOf({ refused: 240, accepted: 0, failed: 0 }),
  };
}

const textOf = (locale: Locale) =>
  composeReport({ results: results(), locale, timeZone: "America/Sao_Paulo", now })
    .blocks.flatMap((block) => {
      if (block.kind === "table") return [...block.columns.map(({ head }) => head), ...block.rows.flat()];
      return "text" in block ? [block.text] : block.rows.flat();
    })
    .join("\n");

test("the report says where it goes worst, with what to try next, every cell with its interval, and what failed", () => {
  const text = textOf("en");
  for (const part of [
    "https://hml-api.example",
    "staging",
    "Weak spot in the campaign: +Android 9–12 in dim light. 12 of 20 tries were recognised there; 32 of 40 in all.",
    "Next to try: light the screen during capture.",
    "2 of 8 conditions have enough tries.",
    "12 of 20\n38.7–78.1\u00a0%\nClearly below the limit",
    "20 of 20\n83.9–100.0\u00a0%\nFine",
    "Measured: Too dark\n7",
    "the API did not answer in time\n3",
    "0 of 240 swapped (95\u00a0%: at most 1.6\u00a0%)",
    "61 / 34\n0.050 / 0.040",
    "Links issued\n1",
  ])
    expect(text).toContain(part);
});

test("in Portuguese the report has the same parts, with decimal commas", () => {
  const text = textOf("pt-BR");
  expect(text).toContain("12 de 20\n38,7–78,1\u00a0%\nClaramente abaixo do limite");
  expect(text.split("\n")).toHaveLength(textOf("en").split("\n").length);
});

test.each(LOCALES)("laid out as a PDF in %s, the whole report can be read out of it", async (locale) => {
  const letter = composeReport({ results: results(), locale, timeZone: "America/Sao_Paulo", now });
  const file = join(mkdtempSync(join(tmpdir(), "campaign-")), "report.pdf");
  const pdf = await composePdf(letter);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  writeFileSync(file, pdf);
  const { stdout } = await promisify(execFile)("pdftotext", ["-layout", file, "-"]);
  for (const part of [
    "Android 13 and later",
    locale === "en" ? "12 of 20" : "12 de 20",
    "https://hml-api.example",
  ])
    expect(stdout).toContain(part);
});

test("the table has a line for every cell, and no cell that a spreadsheet would compute", () => {
  const file = composeCsv(results()).toString();
  const rows = parse(file, { bom: true, columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(8);
  expect(rows[6]).toMatchObject({
    ...{ campaign: '\'=March "devices"', device: "'+Android 9–12", device_class: "phone_android" },
    ...{ modality: "face", lighting: "dim", position: "front", tries: "20", recognised: "12" },
    ...{ not_recognised: "6", unusable: "2", failed: "3", share: "0.6", interval_low: "0.3866" },
    ...{ verdict: "clearly_weak", measured_dark: "7", light_recognised: "61.25", light_others: "34" },
  });
  expect(rows[7]).toMatchObject({ tries: "0", share: "", verdict: "not_tried" });
});
