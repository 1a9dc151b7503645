import { cookies } from "next/headers";
import { z } from "zod";
import { safeReturnPath } from "#lib/auth/return-path.ts";
import { saysAtMost } from "#lib/body-size.ts";
import { hostCookie } from "#lib/console/cookies.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { LOCALE_COOKIE, LOCALES } from "#lib/i18n/locales.ts";
import { THEME_COOKIE, THEMES } from "#lib/i18n/theme.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Anybody may send this, signed in or not: a language, an appearance and a path need no more. */
const MAX_BODY_BYTES = 16 * 1024;

const preferencesSchema = z.object({
  locale: z.enum(LOCALES).optional(),
  theme: z.enum(THEMES).optional(),
  back: z.string().optional(),
});

/** Keeps a reader's language or appearance in this browser and leads back; it knows no account and changes no data. */
export async function POST(request: Request): Promise<Response> {
  if (!saysAtMost(request, MAX_BODY_BYTES)) return new Response(null, { status: 413 });
  const form = await request.formData().catch(() => null);
  const parsed = preferencesSchema.safeParse(form === null ? null : Object.fromEntries(form));
  if (!parsed.success) return new Response(null, { status: 400 });
  const { locale, theme, back } = parsed.data;
  const jar = await cookies();
  const { isHttps } = consoleSettings();
  const kept = { path: "/", sameSite: "lax", httpOnly: true, secure: isHttps, maxAge: YEAR_SECONDS } as const;
  if (locale) jar.set(hostCookie(LOCALE_COOKIE, isHttps), locale, kept);
  if (theme) jar.set(hostCookie(THEME_COOKIE, isHttps), theme, kept);
  return new Response(null, { status: 303, headers: { Location: safeReturnPath(back) } });
}
