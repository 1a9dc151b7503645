import { unstable_rethrow } from "next/navigation";
import { loadImport } from "#lib/early-adopters/loaders.ts";
import { log } from "#lib/log.ts";

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Reads a file of early adopters of any length as it comes, which an action cannot: without the header to say what would
 * come of it, with the SHA-256 of the file that was looked through to import it.
 */
export async function POST(request: Request): Promise<Response> {
  const expected = request.headers.get("x-expected-sha256");
  if (expected !== null && !SHA256.test(expected)) return new Response(null, { status: 400 });
  try {
    return Response.json(await loadImport(request.body ?? nothing(), expected));
  } catch (err) {
    unstable_rethrow(err);
    // Whoever went away in the middle gets no answer; nothing was added.
    if (request.signal.aborted) return new Response(null, { status: 499 });
    log.error({ err }, "a file of early adopters could not be read");
    return new Response(null, { status: 500 });
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
