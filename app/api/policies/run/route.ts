import { loadPolicyRun } from "#lib/policies/loaders.ts";

/** Which gateways run the policy in force, for the page that has just changed it. */
export async function GET(): Promise<Response> {
  return Response.json(await loadPolicyRun());
}
