import { loadRolloutStamp } from "#lib/rollout-page/loaders.ts";

/** What changes whenever the rollout, its verdict, a gateway's confirmation or the sighting of Unleash does. */
export async function GET(): Promise<Response> {
  return Response.json({ stamp: await loadRolloutStamp() });
}
