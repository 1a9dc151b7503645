import { streamBytes } from "#app/api/stream-bytes.ts";
import { loadExportFile } from "#lib/history-exports/loaders.ts";
import { STALL_MS } from "#lib/history-exports/rules.ts";

type Context = { params: Promise<{ exportId: string }> };

/** An export of the history that its caller asked for a moment ago, as a file. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const found = await loadExportFile((await params).exportId);
  if (found === null) return new Response(null, { status: 404 });
  const { day, kind, bytes } = found;
  const name = `gatehouse-verifications-${kind}-${day}.csv`;
  return new Response(streamBytes(bytes, { what: "verifications", stallMs: STALL_MS }), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      // Packing it on the way would hold pieces back, and its length is no secret.
      "Cache-Control": "no-store, no-transform",
    },
  });
}
