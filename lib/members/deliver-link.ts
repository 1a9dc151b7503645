import type { Locale } from "#lib/i18n/locales.ts";
import { sendEmail } from "#lib/notifications/send-email.ts";
import type { SmtpServer } from "#lib/notifications/types.ts";
import { composeLink } from "./compose-link.ts";
import type { LinkMail, NewLink } from "./types.ts";

type Delivery = { link: NewLink; by: string; address: string };
type Desk = { smtp: SmtpServer | null; locale: Locale; timeZone: string };

/** Where a link leads: its token stands behind the #, which no server, log or Referer ever sees. */
export const addressOfLink = (publicUrl: string, { token }: Pick<NewLink, "token">): string =>
  `${new URL("/invitation", publicUrl).href}#${token}`;

/**
 * E-mails a link once and says what came of it; it never throws. Who made the link sees it too, so nothing is tried
 * again, and nothing is kept that could be: the token is written nowhere.
 */
export async function deliverLink(delivery: Delivery, { smtp, locale, timeZone }: Desk): Promise<LinkMail> {
  if (smtp === null) return "not_set";
  const { link, by, address } = delivery;
  const letter = composeLink({ ...link, by, link: address }, locale, timeZone);
  const result = await sendEmail(smtp, { ...letter, to: link.email, id: link.invitationId });
  return result.ok ? "sent" : result.failure;
}
