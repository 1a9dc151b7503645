import { parseAuditSearch } from "#app/(console)/audit/search-params.ts";
import { loadNewerCount } from "#lib/audit-log/loaders.ts";

/** How many entries came after the newest in view, for the page to offer them. Takes the page's own filters. */
export async function GET(request: Request): Promise<Response> {
  const { filters, place } = parseAuditSearch(Object.fromEntries(new URL(request.url).searchParams));
  const count = await loadNewerCount(filters, place.cursor);
  return count === null ? new Response(null, { status: 400 }) : Response.json({ count });
}
