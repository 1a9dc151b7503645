import { grantOf } from "#lib/auth/policy.ts";
import { peekViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { countLoginsUpTo } from "#lib/overview/queries.ts";

const COUNTED_AT_MOST = 100;

/** How many logins there are, for a page that waits for the first. Asking keeps no session alive. */
export async function GET(): Promise<Response> {
  const found = await peekViewer();
  if (!found.ok || grantOf(found.viewer.role, "overview.read") === null)
    return new Response(null, { status: 403 });
  return Response.json({ count: await countLoginsUpTo(consoleDatabase(), COUNTED_AT_MOST) });
}
