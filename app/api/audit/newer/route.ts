import { parseAuditSearch } from "#app/(console)/audit/search-params.ts";
import { loadNewerCount } from "#lib/audit-log/loaders.ts";

/** How many entries came after the newest in view, for the page to offer them. Takes the page's own filters. */
export async function GET(request: Request): Promise<Response> {
  const { filters, place } = parseAuditSearch(Object.fromEntries(new URL(request.url).searchParams));
  const after = place.cursor;
  if (after === null) return new Response(null, { status: 400 });
  return Response.json({ count: await loadNewerCount(filters, after) });
}
