import { useCallback, useEffect, useState } from "react";
import { askByLink, takeLinkToken } from "#components/links/link-token.ts";
import type { Invitation, LinkPurpose, LinkTrouble } from "#lib/members/types.ts";

const KEPT_TOKEN = "gatehouse.invitation";

export type InvitationState =
  | { step: "looking" }
  | { step: "open"; token: string; invitation: Invitation }
  | { step: "closed"; why: LinkTrouble | "missing" | "unavailable" }
  | { step: "done"; purpose: LinkPurpose };

type Examined =
  | { ok: true; invitation: Omit<Invitation, "expiresAt"> & { expiresAt: string } }
  | { ok: false; code: LinkTrouble };
type Accepted = { ok: true; purpose: LinkPurpose } | { ok: false; code: LinkTrouble };

async function look(): Promise<InvitationState> {
  const token = takeLinkToken(KEPT_TOKEN);
  if (token === null) return { step: "closed", why: "missing" };
  const answer = await askByLink<Examined>("/api/invitations/examine", { token });
  if (answer === null) return { step: "closed", why: "unavailable" };
  if (!answer.ok) return { step: "closed", why: answer.code };
  const { expiresAt, ...invitation } = answer.invitation;
  return { step: "open", token, invitation: { ...invitation, expiresAt: new Date(expiresAt) } };
}

/** Follows a link from its address to a password set; what went wrong while accepting leaves the form as it is. */
export function useInvitation() {
  const [state, setState] = useState<InvitationState>({ step: "looking" });
  const begin = useCallback(() => {
    setState({ step: "looking" });
    void look().then(setState);
  }, []);
  useEffect(() => {
    begin();
    // Another link pasted into the same tab.
    window.addEventListener("hashchange", begin);
    return () => window.removeEventListener("hashchange", begin);
  }, [begin]);

  /** Whether an answer came; the state then says which. */
  async function accept(token: string, values: { name: string; password: string }): Promise<boolean> {
    const answer = await askByLink<Accepted>("/api/invitations/accept", { token, ...values });
    if (answer === null) return false;
    window.sessionStorage.removeItem(KEPT_TOKEN);
    setState(answer.ok ? { step: "done", purpose: answer.purpose } : { step: "closed", why: answer.code });
    return true;
  }

  return { state, begin, accept };
}
