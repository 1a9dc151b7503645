import { loadIntegrationStamp } from "#lib/integration-checks/loaders.ts";

/** What changes whenever a run of the checks goes on, for the page that shows it. */
export async function GET(): Promise<Response> {
  return Response.json({ stamp: await loadIntegrationStamp() });
}
