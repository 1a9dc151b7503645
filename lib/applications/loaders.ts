import "server-only";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { isId } from "#lib/ids.ts";
import { countUsedKeys, listApplications } from "./queries.ts";
import { mostUrgent } from "./rules.ts";

/** All applications with the one that is looked at: the one asked for, else the one that most needs somebody. */
export async function loadApplications(applicationId: string | null) {
  const viewer = await requireViewer("applications.read");
  const now = new Date();
  const applications = await listApplications(consoleDatabase(), now);
  return {
    now,
    role: viewer.role,
    applications,
    selected: applications.find(({ id }) => id === applicationId) ?? mostUrgent(applications),
    mayChange: grantOf(viewer.role, "applications.change") !== null,
  };
}

export type ApplicationsData = Awaited<ReturnType<typeof loadApplications>>;

/** How many live keys of an application were ever used, for a page that waits for a first call. No use of the session. */
export async function loadUsedKeys(applicationId: string): Promise<number> {
  await requireCaller("applications.read", { isUse: false });
  return isId(applicationId) ? countUsedKeys(consoleDatabase(), applicationId) : 0;
}
