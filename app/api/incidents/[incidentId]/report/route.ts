import { pickLocale } from "#lib/i18n/locales.ts";
import { loadReport } from "#lib/incident-page/loaders.ts";

type Context = { params: Promise<{ incidentId: string }> };

const NO_STORE = { "Cache-Control": "no-store" };

/** The report for the provider about an incident of the API, in the language the address asks for. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const locale = pickLocale(
    new URL(request.url).searchParams.get("locale"),
    request.headers.get("accept-language"),
  );
  const report = await loadReport((await params).incidentId, locale);
  if (report === null) return new Response(null, { status: 404, headers: NO_STORE });
  return new Response(report.text, {
    headers: {
      ...NO_STORE,
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="${report.name}"`,
    },
  });
}
