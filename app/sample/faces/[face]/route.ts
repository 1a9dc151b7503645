import { consoleSettings } from "#lib/console/runtime.ts";
import { SAMPLE_FACES, sampleFace } from "#lib/sample/sample-faces.ts";

/** A sample face as a JPEG, for whoever tries the sample app without a camera. */
export async function GET(_: Request, { params }: { params: Promise<{ face: string }> }): Promise<Response> {
  const { face } = await params;
  const id = SAMPLE_FACES.find((known) => known === face);
  if (id === undefined || consoleSettings().sampleApplicationKey === undefined) {
    return new Response(null, { status: 404 });
  }
  return new Response(new Uint8Array(await sampleFace(id)), { headers: { "Content-Type": "image/jpeg" } });
}
