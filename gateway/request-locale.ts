import type { FastifyRequest } from "fastify";
import { chooseLocale } from "#lib/feedback/rules.ts";
import type { Locale } from "#lib/feedback/schema.ts";

/** The language to answer this request in: its `locale` field, else Accept-Language, else English. */
export function localeOf(request: FastifyRequest): Locale {
  const { body } = request;
  const named = typeof body === "object" && body !== null && "locale" in body ? body.locale : undefined;
  return chooseLocale(typeof named === "string" ? named : undefined, request.headers["accept-language"]);
}
