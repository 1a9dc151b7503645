import type { FastifyRequest } from "fastify";
import { type Locale, pickLocale } from "#lib/i18n/locales.ts";

/** The language to answer this request in: its `locale` field, else Accept-Language, else English. */
export function localeOf(request: FastifyRequest): Locale {
  const { body } = request;
  const named = typeof body === "object" && body !== null && "locale" in body ? body.locale : undefined;
  return pickLocale(typeof named === "string" ? named : undefined, request.headers["accept-language"]);
}
