import { LATENCY_BUCKET_STARTS_MS } from "./rules.ts";
import { TIERS } from "./tiers.ts";

/** Dimensions are told apart by a character that is in none of them. */
const SEPARATOR = "e'\\x1f'";
/** Stored buckets are numbered from 0, width_bucket from 1. */
const BUCKET = `(width_bucket(e.api_latency_ms, '{${LATENCY_BUCKET_STARTS_MS.slice(1).join(",")}}'::integer[]))::smallint`;

type Cells = { table: string; dimensions: readonly string[]; values: readonly string[] };

/** How one kind of raw row `e` is counted. */
export type Rollup = {
  table: "verification_rollups" | "login_rollups" | "latency_rollups";
  raw: "verifications" | "login_outcomes";
  /** What a row counts by besides its tier and start, and how that is read from a raw row. */
  key: readonly string[];
  keyValues: readonly string[];
  sums: Readonly<Record<string, string>>;
  where: string;
  /** The dictionary of its cells; none where the key speaks for itself. */
  cells: Cells | null;
};

const cellsOf = (table: string, dimensions: string, read: Record<string, string> = {}): Cells => {
  const names = dimensions.split(" ");
  return { table, dimensions: names, values: names.map((name) => read[name] ?? `e.${name}`) };
};
const cellSql = ({ values }: Cells) => `rollup_cell(concat_ws(${SEPARATOR}, ${values.join(", ")}))`;

const VERIFICATION_CELLS = cellsOf(
  "verification_cells",
  "source actor_id channel device_class modality exposure_percent outcome reason api_status",
  { api_status: "coalesce(e.api_status, 0)::smallint" },
);
const LOGIN_CELLS = cellsOf(
  "login_cells",
  "application_id channel device_class purpose exposure_percent path path_reason outcome fallback_reason",
);

export const VERIFICATION_ROLLUP = {
  table: "verification_rollups",
  raw: "verifications",
  key: ["cell"],
  keyValues: [cellSql(VERIFICATION_CELLS)],
  sums: { count: "count(*)" },
  where: "true",
  cells: VERIFICATION_CELLS,
} as const satisfies Rollup;
export const LOGIN_ROLLUP = {
  table: "login_rollups",
  raw: "login_outcomes",
  key: ["cell"],
  keyValues: [cellSql(LOGIN_CELLS)],
  sums: {
    count: "count(*)",
    locked_out: "count(*) filter (where e.locked_out)",
    captured: "count(*) filter (where e.attempts > 0)",
  },
  where: "true",
  cells: LOGIN_CELLS,
} as const satisfies Rollup;
export const LATENCY_ROLLUP = {
  table: "latency_rollups",
  raw: "verifications",
  key: ["source", "bucket"],
  keyValues: ["e.source", BUCKET],
  sums: { count: "count(*)" },
  where: "e.api_latency_ms is not null",
  cells: null,
} as const satisfies Rollup;
export const ROLLUPS: readonly Rollup[] = [VERIFICATION_ROLLUP, LOGIN_ROLLUP, LATENCY_ROLLUP];

/** All that names a row: its tier, its start and what it counts by. */
export const rowKeyOf = ({ key }: Rollup): string => ["tier", "starts_at", ...key].join(", ");

const places = (count: number) => Array.from({ length: count }, (_, place) => place + 1).join(", ");
const TIER_ROWS = Object.entries(TIERS)
  .map(([unit, tier]) => `(${tier}, '${unit}')`)
  .join(", ");

/**
 * How raw rows are counted, by minute, hour and day at once: here from what was just inserted, and in a recount from
 * everything. Hours and days are sums of minutes. `from` is a table, or a query in brackets.
 */
export function countSql({ key, keyValues, sums, where }: Rollup, from: string): string {
  const named = Object.entries(sums);
  const counted = [
    ...keyValues.map((value, place) => `${value} as ${key[place]}`),
    ...named.map(([name, value]) => `${value} as ${name}`),
  ];
  const minutes = `select date_trunc('minute', e.at) as minute, ${counted.join(", ")} from ${from} e
    where ${where} group by ${places(1 + key.length)}`;
  const summed = [
    ...key.map((column) => `m.${column}`),
    ...named.map(([name]) => `sum(m.${name})::bigint as ${name}`),
  ];
  return `
  select t.tier::smallint as tier, date_trunc(t.unit, m.minute, k.time_zone) as starts_at, ${summed.join(", ")}
  from (${minutes}) m cross join rollup_clock k cross join (values ${TIER_ROWS}) as t(tier, unit)
  group by ${places(2 + key.length)}`;
}

/** Adds counts to the rollup, in the order of its key, so that two statements never wait for each other crosswise. */
export function addCountsSql(rollup: Rollup, counted: string): string {
  const key = rowKeyOf(rollup);
  const sums = Object.keys(rollup.sums);
  return `
  insert into ${rollup.table} as r (${key}, ${sums.join(", ")}) ${counted} order by ${places(2 + rollup.key.length)}
  on conflict (${key}) do update set ${sums.map((sum) => `${sum} = r.${sum} + excluded.${sum}`).join(", ")}`;
}

/** Puts what these raw rows are counted by into the dictionary. */
export const addCellsSql = (cells: Cells, from: string): string => `
  insert into ${cells.table} (id, ${cells.dimensions.join(", ")})
  select distinct ${cellSql(cells)}, ${cells.values.join(", ")} from ${from} e order by 1 on conflict (id) do nothing`;
