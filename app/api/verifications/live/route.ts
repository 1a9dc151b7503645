import { parseVerificationsSearch } from "#app/(console)/verifications/search-params.ts";
import { loadLiveTail } from "#lib/live-tail/loaders.ts";
import type { TailEvent } from "#lib/live-tail/types.ts";
import { log } from "#lib/log.ts";

/** So long a browser waits before it opens a line anew that was cut. */
const RETRY_MS = 3_000;

/**
 * Verifications as they are recorded, as server-sent events: one line of JSON each. Takes the page's own filters. It
 * never ends by itself while it is wanted, so whoever does not ask for events is not let in.
 */
export async function GET(request: Request): Promise<Response> {
  const { filters } = parseVerificationsSearch(Object.fromEntries(new URL(request.url).searchParams));
  const { window: _, range: __, ...facets } = filters;
  const events = await loadLiveTail(facets);
  if (events === null) return new Response(null, { status: 429 });
  if (!request.headers.get("Accept")?.includes("text/event-stream")) {
    return new Response("This address speaks text/event-stream.\n", { status: 406 });
  }
  return new Response(streamEvents(events), {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      // Neither a cache, nor anything that packs, nor a proxy may hold an event back.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function streamEvents(events: AsyncGenerator<TailEvent, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`)),
    async pull(controller) {
      try {
        const next = await events.next();
        if (next.done) return controller.close();
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(next.value)}\n\n`));
      } catch (err) {
        log.warn({ err }, "a live tail broke off");
        controller.error(err);
      }
    },
    async cancel() {
      await events.return();
    },
  });
}
