import { getLocale } from "next-intl/server";
import type { ActionOutcome } from "#lib/action/types.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { pickLocale } from "#lib/i18n/locales.ts";
import { addressOfLink, deliverLink } from "#lib/members/deliver-link.ts";
import type { ChangeTrouble, HandedLink, NewLink } from "#lib/members/types.ts";

type Refusal = {
  ok: false;
  code: "not_found" | "stale_version" | "email_taken" | "same_role" | ChangeTrouble;
};

/** What stands under a field instead of being told as a failure of the whole. */
const FIELDS = {
  email_taken: { email: ["taken"] },
  same_role: { role: ["same"] },
  own_account: { member: ["own_account"] },
  last_of_role: { member: ["last_of_role"] },
} satisfies Partial<Record<Refusal["code"], Record<string, string[]>>>;

function refused({ code }: Refusal): Extract<ActionOutcome<never>, { ok: false }> {
  if (code === "not_found") return { ok: false, code };
  if (code === "stale_version") return { ok: false, code: "conflict" };
  return { ok: false, code: "invalid_input", fields: FIELDS[code] };
}

/** A verb's result as the action's: what somebody else did meanwhile is a conflict, what cannot be is told where it stands. */
export const outcomeOf = (result: { ok: true } | Refusal): ActionOutcome<null> =>
  result.ok ? { ok: true, data: null } : refused(result);

/** A link just made, e-mailed where that is set up, and handed this once to the administrator who made it. */
export async function handOver(
  result: ({ ok: true } & NewLink) | Refusal,
  viewer: Viewer,
): Promise<ActionOutcome<HandedLink>> {
  if (!result.ok) return refused(result);
  const { smtp, timeZone, publicUrl } = consoleSettings();
  const address = addressOfLink(publicUrl, result);
  const locale = pickLocale(await getLocale(), null);
  const mail = await deliverLink({ link: result, by: viewer.name, address }, { smtp, locale, timeZone });
  const { memberId, email, purpose, expiresAt } = result;
  return { ok: true, data: { memberId, email, purpose, expiresAt, address, mail } };
}
