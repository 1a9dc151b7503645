import { z } from "zod";
import { callGateway, type GatewayAccess } from "#lib/sample/call-gateway.ts";
import { openLogin } from "#lib/sample/open-login.ts";
import { tryCapture } from "#lib/sample/try-capture.ts";
import type { Fate, PasswordResult } from "./fate.ts";
import type { SimulatedPerson } from "./people.ts";

/** Which way a login was sent. `other`: neither offered nor kept apart by the rollout, for instance in a pause. */
export type Arm = "biometric" | "legacy" | "other";

/** What came of one login, as its application saw it. */
export type Ended = {
  arm: Arm;
  /** Offered biometrics and on the password in the end. */
  fellBack: boolean;
  gotIn: boolean;
  /** Captures that the gateway compared, or tried to. */
  tries: number;
  /** The gateway left the application without an answer at this call; null where it never did. */
  deadEnd: string | null;
};

/** One login as an application leads it: opened, tried as the fate says, and the old way reported where it was taken. */
export async function logIn(
  access: GatewayAccess,
  { customId, own, stranger }: SimulatedPerson,
  fate: Fate,
): Promise<Ended> {
  const opened = await openLogin(access, { customId, purpose: "login", deviceClass: fate.deviceClass });
  if (!opened.ok) return { ...deadEnd("open", opened.exchange?.status), arm: "other", tries: 0 };
  const { loginId, path, reason } = opened;
  const arm = path === "biometric" ? "biometric" : reason === "not_exposed" ? "legacy" : "other";
  if (arm !== "biometric") return takePassword(access, { loginId, arm, tries: 0 }, fate.legacy);
  const { strangers, showsFace, password } = fate.biometric;
  const faces = Array.from({ length: strangers }, () => stranger);
  if (showsFace) faces.push(own);
  let tries = 0;
  for (const face of faces) {
    const tried = await tryCapture(access, { loginId, face });
    if (!tried.ok) return { ...deadEnd("try", tried.exchange?.status), arm, tries };
    tries += 1;
    const { decision } = tried;
    if (decision === "approved" || decision === "rejected")
      return { arm, tries, fellBack: false, gotIn: decision === "approved", deadEnd: null };
    if (decision === "use_legacy") break;
  }
  return takePassword(access, { loginId, arm, tries }, password);
}

async function takePassword(
  access: GatewayAccess,
  { loginId, arm, tries }: { loginId: string; arm: Arm; tries: number },
  password: PasswordResult,
): Promise<Ended> {
  const path = `/v1/logins/${encodeURIComponent(loginId)}/legacy-outcome`;
  const succeeded = password === "in";
  const reason = arm === "biometric" ? { reason: "chose_password" } : {};
  const body = { succeeded, lockedOut: password === "locked", ...reason };
  const told = await callGateway(access, { method: "POST", path, body }, z.unknown());
  if (!told.ok) return { ...deadEnd("report", told.exchange?.status), arm, tries };
  return { arm, tries, fellBack: arm === "biometric", gotIn: succeeded, deadEnd: null };
}

const deadEnd = (call: string, status: number | null | undefined) => ({
  fellBack: false,
  gotIn: false,
  deadEnd: `${call}: ${status ?? "no answer"}`,
});
