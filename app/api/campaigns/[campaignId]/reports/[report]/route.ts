import { loadReport } from "#lib/campaign-results/loaders.ts";
import { pickLocale } from "#lib/i18n/locales.ts";

type Context = { params: Promise<{ campaignId: string; report: string }> };

/** The report of a campaign in the language the address asks for, or its cells as a table. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { campaignId, report } = await params;
  const locale = pickLocale(
    new URL(request.url).searchParams.get("locale"),
    request.headers.get("accept-language"),
  );
  const loaded = await loadReport(campaignId, report, locale);
  if (loaded === null) return new Response(null, { status: 404 });
  const { bytes, fileName, type } = loaded;
  return new Response(bytes, {
    headers: {
      "Cache-Control": "no-store",
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
}
