import { loadCampaignStamp } from "#lib/campaign-results/loaders.ts";

/** What changes whenever the campaign does, so that a page in view can follow along. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ campaignId: string }> },
): Promise<Response> {
  const { campaignId } = await params;
  const stamp = await loadCampaignStamp(campaignId);
  return stamp === null ? new Response(null, { status: 404 }) : Response.json({ stamp });
}
