import { getTranslations } from "next-intl/server";
import { loadDeveloperFile } from "#lib/postman/loaders.ts";

type Context = { params: Promise<{ file: string }> };

/** A file for developers: the gateway's OpenAPI document, or a collection or environment for Postman. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { file } = await params;
  const loaded = await loadDeveloperFile(file);
  if (!loaded.ok && loaded.code === "unknown") return new Response(null, { status: 404 });
  if (!loaded.ok) {
    const t = await getTranslations("developerKit");
    return new Response(t("away"), {
      status: 503,
      headers: { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "5" },
    });
  }
  const type = file.endsWith(".yaml") ? "application/yaml" : "application/json";
  return new Response(loaded.text, {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="gatehouse-${file}"`,
      "Cache-Control": "no-store",
    },
  });
}
