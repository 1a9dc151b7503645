import "server-only";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { listTargets } from "./queries.ts";
import { standingOf } from "./rules.ts";

/** Who is told what, how that went lately, and whether e-mail can be sent at all. */
export async function loadNotifications() {
  const viewer = await requireViewer("notifications.read");
  const targets = await listTargets(consoleDatabase());
  const { smtp } = consoleSettings();
  return {
    role: viewer.role,
    targets: targets.map((target) => ({ ...target, standing: standingOf(target) })),
    smtp: smtp === null ? null : { host: smtp.host, port: smtp.port, from: smtp.from },
  };
}

export type NotificationsData = Awaited<ReturnType<typeof loadNotifications>>;
export type ShownTarget = NotificationsData["targets"][number];
