import { modalitiesOf, modalityOf } from "#lib/campaigns/rules.ts";
import type { CampaignModality } from "#lib/campaigns/schema.ts";
import { formatInterval, formatPercent } from "#lib/format/numbers.ts";
import { FORMAT_LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { prepareWords, type Words } from "#lib/letters/prepare-words.ts";
import type { Block, Letter, TableColumn } from "#lib/letters/types.ts";
import { type CampaignResults, type Cell, FLAWS } from "./types.ts";

type Told = { results: CampaignResults; locale: Locale; timeZone: string; now: Date };

/** A campaign as a paper: how it was set, what it says, every condition with its interval, what failed, and who took part. */
export function composeReport({ results, locale, timeZone, now }: Told): Letter {
  const words = prepareWords(locale, timeZone);
  const { t, exact } = words;
  const { campaign } = results;
  const percent = (share: number) => formatPercent(share, FORMAT_LOCALES[locale]);
  const part = (title: string, ...blocks: Block[]): Block[] => [{ kind: "heading", text: title }, ...blocks];
  const text = (content: string): Block => ({ kind: "text", text: content });
  return {
    locale,
    title: t("campaigns.named", { name: campaign.name }),
    running: t("campaigns.paper.running", { name: campaign.name }),
    at: now,
    blocks: [
      text(t("campaigns.paper.intro", { at: exact(now) })),
      ...part(t("campaigns.paper.says"), ...sayings(results, words).map(text)),
      ...part(t("campaigns.rail.setting"), { kind: "facts", rows: settingRows(results, words) }),
      ...modalitiesOf(campaign.positions).flatMap((modality) =>
        part(
          t("campaigns.paper.cells", { modality: t(`campaigns.modality.${modality}`) }),
          cellsTable(results, modality, words),
        ),
      ),
      text(t("campaigns.paper.cellsAbout", { limit: campaign.limitPercent, wanted: campaign.triesWanted })),
      ...part(t("campaigns.failed.title"), { kind: "facts", rows: failureRows(results, words) }),
      ...(campaign.swapped
        ? part(t("campaigns.paper.swapped"), text(swappedText(results, words, percent)))
        : []),
      ...part(t("campaigns.paper.quality"), qualityTable(results, words), text(t("campaigns.table.medians"))),
      ...part(t("campaigns.testers.title"), { kind: "facts", rows: testerRows(results, words) }),
      text(t("campaigns.paper.kept")),
    ],
  };
}

/** What its reader came for, in sentences. */
function sayings({ campaign, weakSpot, totals }: CampaignResults, { t }: Words): string[] {
  const all = t("campaigns.lead.all", { recognised: totals.recognised, tries: totals.tries });
  const enough = t("campaigns.answer.tooFew", { judged: totals.judged, cells: totals.cells });
  if (weakSpot === null) {
    const noSpot = t("campaigns.paper.noSpot", { limit: campaign.limitPercent });
    return totals.tries === 0 ? [t("campaigns.answer.noTries")] : [all, `${enough}. ${noSpot}`];
  }
  const { label, lighting, recognised, tries, advice } = weakSpot;
  const light = t(`campaigns.inLight.${lighting}`);
  return [
    `${t("campaigns.weak.lead", { device: label, light })} ${t("campaigns.lead.weak", { there: recognised, of: tries, recognised: totals.recognised, tries: totals.tries })}`,
    t("campaigns.weak.next", { advice: t(`campaigns.weak.advice.${advice}`) }),
    `${enough}.`,
  ];
}

function settingRows({ campaign }: CampaignResults, words: Words): [string, string][] {
  const { t, exact, number, list } = words;
  return [
    [t("campaigns.rail.api"), campaign.origin],
    [t("campaigns.rail.kind"), t(`integrationChecks.kind.${campaign.kind}`)],
    [t("campaigns.rail.opened"), exact(campaign.openedAt)],
    [t("campaigns.paper.ended"), exact(campaign.closedAt ?? campaign.endsAt)],
    [t("campaigns.form.devices.title"), list(campaign.devices.map(({ label }) => label))],
    [t("campaigns.form.lightings"), list(campaign.lightings.map((one) => t(`campaigns.lighting.${one}`)))],
    [t("campaigns.paper.positions"), list(campaign.positions.map((one) => t(`campaigns.position.${one}`)))],
    [t("campaigns.rail.wanted"), number(campaign.triesWanted)],
    [t("campaigns.rail.each"), number(campaign.triesEach)],
    [t("campaigns.rail.limit"), t("campaigns.rail.percent", { limit: campaign.limitPercent })],
  ];
}

const CELL_WIDTHS = [118, 102, 76, 80, 83] as const;

function cellsTable(
  { campaign, cells }: CampaignResults,
  modality: CampaignModality,
  words: Words,
): Extract<Block, { kind: "table" }> {
  const { t, locale } = words;
  const [first, second, third, fourth, fifth] = CELL_WIDTHS;
  const columns: TableColumn[] = [
    { head: t("campaigns.matrix.device"), width: first },
    { head: t("campaigns.table.conditionHead"), width: second },
    { head: t("campaigns.table.recognised"), width: third, align: "right" },
    { head: t("campaigns.table.interval"), width: fourth, align: "right" },
    { head: t("campaigns.table.verdict"), width: fifth },
  ];
  const rows = cells
    .filter(({ position }) => modalityOf(position) === modality)
    .map(({ deviceId, lighting, position, recognised, tries, rate, verdict }) => [
      labelOf(campaign, deviceId),
      t("campaigns.table.condition", {
        light: t(`campaigns.lighting.${lighting}`),
        position: t(`campaigns.position.${position}`),
      }),
      tries === 0 ? "–" : t("campaigns.ofTries", { recognised, tries }),
      rate === null ? "–" : formatInterval(rate, FORMAT_LOCALES[locale]),
      t(`campaigns.verdict.${verdict}`),
    ]);
  return { kind: "table", columns, rows };
}

const labelOf = ({ devices }: CampaignResults["campaign"], deviceId: string): string =>
  devices.find(({ id }) => id === deviceId)?.label ?? "";

function failureRows({ totals, flaws, failures }: CampaignResults, { t, number }: Words): [string, string][] {
  return [
    [t("campaigns.outcome.recognised"), number(totals.recognised)],
    [t("campaigns.outcome.not_recognised"), number(totals.notRecognised)],
    [t("campaigns.outcome.unusable"), number(totals.unusable)],
    ...FLAWS.filter((flaw) => flaws[flaw] > 0).map((flaw): [string, string] => [
      t("campaigns.paper.measured", { flaw: t(`campaigns.flaw.${flaw}`) }),
      number(flaws[flaw]),
    ]),
    [t("campaigns.paper.failed"), number(totals.failed)],
    ...failures.map(({ code, count }): [string, string] => [
      code === null ? t("campaigns.failed.noCode") : t(`people.person.enrolmentReason.${code}`),
      number(count),
    ]),
  ];
}

function swappedText({ swapped }: CampaignResults, { t }: Words, percent: (share: number) => string): string {
  const { accepted, refused, rate } = swapped;
  const counted = t("campaigns.soFar.ofSwapped", { count: accepted, of: accepted + refused });
  return rate === null ? counted : `${counted} ${t("campaigns.soFar.atMost", { share: percent(rate.high) })}`;
}

/** Medians by light: where pictures that were not recognised differ from the others. */
function qualityTable({ campaign, cells }: CampaignResults, { t, locale }: Words): Block {
  const write = (value: number | null, digits: number) =>
    value === null
      ? "–"
      : value.toLocaleString(FORMAT_LOCALES[locale], {
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        });
  const pair = ({ quality }: Cell, what: "lightLevel" | "sharpness", digits: number) =>
    `${write(quality.recognised[what], digits)} / ${write(quality.others[what], digits)}`;
  return {
    kind: "table",
    columns: [
      { head: t("campaigns.matrix.device"), width: 150 },
      { head: t("campaigns.table.conditionHead"), width: 129 },
      { head: t("campaigns.table.light"), width: 80, align: "right" },
      { head: t("campaigns.table.sharpness"), width: 100, align: "right" },
    ],
    rows: cells
      .filter(({ tries }) => tries > 0)
      .map((cell) => [
        labelOf(campaign, cell.deviceId),
        t("campaigns.table.condition", {
          light: t(`campaigns.lighting.${cell.lighting}`),
          position: t(`campaigns.position.${cell.position}`),
        }),
        pair(cell, "lightLevel", 0),
        pair(cell, "sharpness", 3),
      ]),
  };
}

function testerRows({ testers }: CampaignResults, { t, number }: Words): [string, string][] {
  const times = (is: (tester: (typeof testers)[number]) => boolean) => number(testers.filter(is).length);
  return [
    [t("campaigns.paper.links"), number(testers.length)],
    [t("campaigns.testers.consented"), times(({ consentedAt }) => consentedAt !== null)],
    [t("campaigns.testers.states.left"), times(({ state }) => state === "left")],
    [t("campaigns.testers.states.withdrawn"), times(({ state }) => state === "withdrawn")],
    [t("campaigns.paper.held"), times(({ held }) => held > 0)],
    [t("campaigns.paper.gone"), times(({ held, gone }) => held === 0 && gone > 0)],
  ];
}
