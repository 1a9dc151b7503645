import { loadNewestStamp } from "#lib/campaign-results/loaders.ts";
import { loadIntegrationStamp } from "#lib/integration-checks/loaders.ts";

/** What changes whenever a run of the checks or the newest campaign goes on, for the page that shows both. */
export async function GET(): Promise<Response> {
  const [run, campaign] = await Promise.all([loadIntegrationStamp(), loadNewestStamp()]);
  return Response.json({ stamp: `${run} ${campaign}` });
}
