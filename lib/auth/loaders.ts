import "server-only";
import { getFormatter } from "next-intl/server";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { listAdministratorNames } from "./queries.ts";
import { findViewer } from "./viewer.ts";

/** Whom a signed-in member can ask for a right, as words; empty when nobody is signed in. */
export async function loadAdministratorNames(): Promise<string> {
  const found = await findViewer();
  if (!found.ok) return "";
  return (await getFormatter()).list(await listAdministratorNames(consoleDatabase()), {
    type: "disjunction",
  });
}
