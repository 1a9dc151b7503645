import { loadExportProgress } from "#lib/history-exports/loaders.ts";

type Context = { params: Promise<{ exportId: string }> };

/** How far an export is, for the page that waits for its end. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const progress = await loadExportProgress((await params).exportId);
  return progress === null ? new Response(null, { status: 404 }) : Response.json(progress);
}
