import { loadPartChecks } from "#lib/service-health/loaders.ts";

export const dynamic = "force-dynamic";

/** Whether the console can do its work (200 or 503: it stands and falls with the database), and how its parts answer. */
export async function GET(): Promise<Response> {
  const checks = await loadPartChecks();
  const works = checks.some((check) => check.part === "database" && check.ok);
  const status = works ? (checks.every((check) => check.ok) ? "ok" : "degraded") : "down";
  const parts = Object.fromEntries(checks.map(({ part, ok, latencyMs }) => [part, { ok, latencyMs }]));
  return Response.json({ status, parts }, { status: works ? 200 : 503 });
}
