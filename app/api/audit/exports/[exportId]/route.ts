import { loadExport } from "#lib/audit-log/loaders.ts";
import { log } from "#lib/log.ts";

type Context = { params: Promise<{ exportId: string }> };

const TYPES = { log: "application/jsonl; charset=utf-8", list: "text/csv; charset=utf-8" } as const;
const ENDINGS = { log: "jsonl", list: "csv" } as const;

/** An export that its caller asked for a moment ago, as a file. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const found = await loadExport((await params).exportId);
  if (found === null) return new Response(null, { status: 404 });
  const { what, at, bytes } = found;
  const name = `gatehouse-audit-${at.toISOString().slice(0, 10)}.${ENDINGS[what]}`;
  return new Response(streamOf(bytes), {
    headers: {
      "Content-Type": TYPES[what],
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}

/** Asks for the next piece only when the reader can take it, and lets the generator end when the reader leaves. */
function streamOf(bytes: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await bytes.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      } catch (err) {
        log.error({ err }, "an export of the audit log broke off");
        controller.error(err);
      }
    },
    async cancel() {
      await bytes.return();
    },
  });
}
