import "server-only";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { findView, listOwnViews } from "./queries.ts";
import type { ViewInPlace, ViewName } from "./types.ts";

/** The reader's own views of the room, and the one they opened, whoever keeps it. */
export async function loadViews(openId: string | null): Promise<{ own: ViewName[]; open: ViewInPlace }> {
  const { memberId } = await requireViewer("verifications.read");
  const db = consoleDatabase();
  const [own, open] = await Promise.all([
    listOwnViews(db, memberId),
    openId === null ? null : findView(db, openId, memberId),
  ]);
  return { own, open: openId === null ? null : (open ?? "missing") };
}
