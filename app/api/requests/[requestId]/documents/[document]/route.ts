import { pickLocale } from "#lib/i18n/locales.ts";
import { loadDocument } from "#lib/letters/loaders.ts";

type Context = { params: Promise<{ requestId: string; document: string }> };

const NO_STORE = { "Cache-Control": "no-store" };

/** A receipt, a letter or the statement of what is held, in the language the address asks for. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { requestId, document } = await params;
  const locale = pickLocale(
    new URL(request.url).searchParams.get("locale"),
    request.headers.get("accept-language"),
  );
  const found = await loadDocument(requestId, document, locale);
  if (!found.ok) {
    const status = found.code === "unknown" ? 404 : 409;
    const headers = { ...NO_STORE, "Content-Type": "text/plain; charset=utf-8" };
    return new Response(found.text, { status, headers });
  }
  const { bytes, fileName, type } = found;
  return new Response(bytes, {
    headers: {
      ...NO_STORE,
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
}
