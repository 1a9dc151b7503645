import { signIn } from "next-auth/react";
import { type Failure, readFailure } from "../sign-in-result.ts";

/** Sends what was typed; null once somebody is signed in. */
export async function sendSignIn(
  values: { email: string; password: string } | { code: string },
): Promise<Failure | null> {
  const answer = await signIn("credentials", { ...values, redirect: false }).catch(() => undefined);
  return answer?.ok ? null : readFailure(answer?.error);
}
