import { loadHealthStamp } from "#lib/health-page/loaders.ts";

/** What changes whenever a probe finds something else, an incident opens or ends, or a gateway's circuit does. */
export async function GET(): Promise<Response> {
  return Response.json({ stamp: await loadHealthStamp() });
}
