import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { composeFile } from "#lib/history-exports/compose-file.ts";
import { sendPieces } from "#lib/tables/send-pieces.ts";
import { noFacets } from "#lib/verifications/rules.ts";

export type ExportFigures = {
  rows: number;
  bytes: number;
  seconds: number;
  cpuSeconds: number;
  growthMb: number;
};

const MEASURE_EVERY_MS = 50;

/** Makes the file of the newest so many verifications: how long it took, and by how much this process grew meanwhile at most. */
export async function measureExport(
  db: Database,
  { rows, namesPeople }: { rows: number; namesPeople: boolean },
): Promise<ExportFigures> {
  const [last] = await db.execute<{ at: string }>(
    sql`select at from verifications order by at desc nulls last, id desc nulls last offset ${rows - 1} limit 1`,
  );
  const from = new Date(last?.at ?? 0);
  const filters = { ...noFacets(), from, to: new Date() };
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, MEASURE_EVERY_MS);
  const sent = { rows: 0, bytes: 0 };
  const start = performance.now();
  const used = process.cpuUsage();
  try {
    const bytes = sendPieces(composeFile(db, { kind: "rows", filters, namesPeople }), {
      onWhole: async (whole) => void Object.assign(sent, { rows: whole.rows, bytes: whole.bytes }),
      onBroken: async () => {},
    });
    for await (const piece of bytes) most = Math.max(most, process.memoryUsage().rss, piece.byteLength);
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  return { ...sent, seconds, cpuSeconds: (user + system) / 1e6, growthMb: (most - before) / 1e6 };
}
