import { loadVerification } from "#lib/audit-log/loaders.ts";

type Context = { params: Promise<{ verificationId: string }> };

/** How far a verification of the log is, for the page that waits for its result. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const progress = await loadVerification((await params).verificationId);
  return progress === null ? new Response(null, { status: 404 }) : Response.json(progress);
}
