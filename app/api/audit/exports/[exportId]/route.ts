import { streamBytes } from "#app/api/stream-bytes.ts";
import { loadExport } from "#lib/audit-log/loaders.ts";

/** Whoever reads it may stop for so long. */
const STALL_MS = 5 * 60_000;

type Context = { params: Promise<{ exportId: string }> };

const TYPES = { log: "application/jsonl; charset=utf-8", list: "text/csv; charset=utf-8" } as const;
const ENDINGS = { log: "jsonl", list: "csv" } as const;

/** An export that its caller asked for a moment ago, as a file. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const found = await loadExport((await params).exportId);
  if (found === null) return new Response(null, { status: 404 });
  const { what, day, bytes } = found;
  const name = `gatehouse-audit-${day}.${ENDINGS[what]}`;
  return new Response(streamBytes(bytes, { what: "audit log", stallMs: STALL_MS }), {
    headers: {
      "Content-Type": TYPES[what],
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}
