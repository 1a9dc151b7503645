import "server-only";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { findObeyedRetention } from "#lib/retention/queries.ts";
import type { Cursor, Order } from "#lib/verifications/types.ts";
import { countLogins, listEndedLogins } from "./queries.ts";
import type { LoginsAsked, LoginsPage } from "./types.ts";

/** The logins behind a figure, as much of them as the reader may see: none for who sees figures only, nobody's name for others. */
export async function loadLogins(asked: LoginsAsked, page: { order: Order; cursor: Cursor | null }) {
  const { grant } = await requireViewer("verifications.read");
  const db = consoleDatabase();
  const now = new Date();
  const [total, found, applications, retention] = await Promise.all([
    countLogins(db, asked),
    grant === "figures" ? null : listEndedLogins(db, asked, page),
    listApplicationNames(db),
    findObeyedRetention(db, now),
  ]);
  return {
    now,
    total,
    applications,
    page: found && grant !== "full" ? withoutPeople(found) : found,
    showsPeople: grant === "full",
    retention,
  };
}

const withoutPeople = (page: LoginsPage): LoginsPage => ({
  ...page,
  rows: page.rows.map((row) => ({ ...row, subject: null })),
});

export type LoginsData = Awaited<ReturnType<typeof loadLogins>>;
