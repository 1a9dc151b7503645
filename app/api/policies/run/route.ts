import { loadPolicyRun } from "#lib/policies/loaders.ts";

/** Which gateways run the policy in force, for the page that has just changed it. */
export async function GET(): Promise<Response> {
  const run = await loadPolicyRun();
  return run === null ? new Response(null, { status: 403 }) : Response.json(run);
}
