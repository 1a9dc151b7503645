import { modalityOf } from "#lib/campaigns/rules.ts";
import { BYTE_ORDER_MARK, csvText } from "#lib/tables/csv-text.ts";
import { type CampaignResults, type Cell, FLAWS } from "./types.ts";

/** The columns by names that stay the same in every language; shares are from 0 to 1. */
const COLUMNS = [
  ...["campaign", "api", "kind", "device", "device_class", "modality", "lighting", "position"],
  ...["tries", "recognised", "not_recognised", "unusable", "failed"],
  ...["share", "interval_low", "interval_high", "limit_percent", "verdict"],
  ...FLAWS.map((flaw) => `measured_${flaw}`),
  ...["light_recognised", "light_others", "sharpness_recognised", "sharpness_others"],
] as const;

/** Every condition of a campaign as a line of a table file. */
export function composeCsv({ campaign, cells }: CampaignResults): Buffer {
  const devices = new Map(campaign.devices.map((device) => [device.id, device]));
  const rows = cells.map((cell) => {
    const device = devices.get(cell.deviceId);
    return [
      ...[campaign.name, campaign.origin, campaign.kind, device?.label ?? null, device?.deviceClass ?? null],
      ...[modalityOf(cell.position), cell.lighting, cell.position],
      ...[cell.tries, cell.recognised, cell.notRecognised, cell.unusable, cell.failed],
      ...[rounded(cell.rate?.share), rounded(cell.rate?.low), rounded(cell.rate?.high)],
      ...[campaign.limitPercent, cell.verdict],
      ...FLAWS.map((flaw) => cell.flaws[flaw]),
      ...qualityOf(cell),
    ];
  });
  return Buffer.from(BYTE_ORDER_MARK + csvText([COLUMNS, ...rows]));
}

const qualityOf = ({ quality: { recognised, others } }: Cell): (number | null)[] =>
  [recognised.lightLevel, others.lightLevel, recognised.sharpness, others.sharpness].map(rounded);

/** As many digits as the measurement is worth. */
const rounded = (value: number | null | undefined): number | null =>
  value == null ? null : Math.round(value * 10_000) / 10_000;
