import { loadBatchFigures } from "#lib/request-batches/loaders.ts";

type Context = { params: Promise<{ batchId: string }> };

/** How far a list of requests is, for the page that follows it. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const figures = await loadBatchFigures((await params).batchId);
  return figures === null ? new Response(null, { status: 404 }) : Response.json(figures);
}
