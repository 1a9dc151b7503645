import { z } from "zod";
import { loadTemplatesStamp } from "#lib/templates/loaders.ts";

/** The id of no rollout: of what is not asked properly nothing changes. */
const NONE = "00000000-0000-0000-0000-000000000000";
const rolloutSchema = z.uuid().catch(NONE);

/** What changes whenever the choice about a rolled-back rollout does, so that a page in view can follow along. */
export async function GET(request: Request): Promise<Response> {
  const rolloutId = rolloutSchema.parse(new URL(request.url).searchParams.get("rollout"));
  return Response.json({ stamp: await loadTemplatesStamp(rolloutId) });
}
