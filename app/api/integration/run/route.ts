import { loadNewestStamp } from "#lib/campaign-results/loaders.ts";
import { loadIntegrationStamp } from "#lib/integration-checks/loaders.ts";

/** What changes whenever a run of the checks or the newest campaign goes on, for the page that shows both. */
export async function GET(): Promise<Response> {
  // One after the other: who is refused stands in the log once.
  const run = await loadIntegrationStamp();
  return Response.json({ stamp: `${run} ${await loadNewestStamp()}` });
}
