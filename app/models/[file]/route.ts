import { findDetectorFile } from "#lib/console/detector-weights.ts";

/** They change with a version of the package, and their names do not. */
const KEPT = "public, max-age=86400";

/** The weights of the face detector in `components/capture/`. Public: they ship in an open package. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const found = await findDetectorFile((await params).file);
  if (found === null) return new Response(null, { status: 404 });
  return new Response(found.bytes, { headers: { "Content-Type": found.type, "Cache-Control": KEPT } });
}
