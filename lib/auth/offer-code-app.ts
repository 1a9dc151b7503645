import { z } from "zod";
import { codeAppPicture, newCodeSecret } from "./code-app.ts";
import { openFor, sealFor } from "./member-seal.ts";
import type { CodeAppOffer, Viewer } from "./types.ts";

const OFFER_MINUTES = 15;

const offerSchema = z.object({ secret: z.string(), at: z.coerce.date() });

/**
 * Makes a new secret for the viewer's code app. It is kept nowhere: it comes back sealed with the first code, so that an
 * app in use stays in force until the new one has shown that it works.
 */
export function offerCodeApp(
  memberKey: Uint8Array,
  { email, sessionId }: Pick<Viewer, "email" | "sessionId">,
  at: Date,
): CodeAppOffer {
  const secret = newCodeSecret();
  const sealed = sealFor(memberKey, "code_app_set_up", sessionId, JSON.stringify({ secret, at }));
  return { secret, picture: codeAppPicture(secret, email), sealed };
}

/** The secret that was offered to this session within the last quarter of an hour; null where none was. */
export function readOffer(
  memberKey: Uint8Array,
  sessionId: string,
  sealed: string,
  now: Date,
): string | null {
  const text = openFor(memberKey, "code_app_set_up", sessionId, sealed);
  if (text === null) return null;
  const { secret, at } = offerSchema.parse(JSON.parse(text));
  return now.getTime() - at.getTime() < OFFER_MINUTES * 60_000 ? secret : null;
}
