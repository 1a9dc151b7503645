import { loadStamp } from "#lib/request-page/loaders.ts";

/** What changes whenever the request does, so that a page in view can follow along. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ requestId: string }> },
): Promise<Response> {
  const { requestId } = await params;
  const stamp = await loadStamp(requestId);
  return stamp === null ? new Response(null, { status: 404 }) : Response.json({ stamp });
}
