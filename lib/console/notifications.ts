import "server-only";
import { secretKeyOf } from "#lib/notifications/seal-secret.ts";
import type { Sender } from "#lib/notifications/types.ts";
import { consoleSettings } from "./runtime.ts";

/** What sending a test needs of this process. The signing secrets are sealed with a key derived here and held by nobody else. */
export function consoleSender(): Sender {
  const { notificationSecret, smtp, timeZone } = consoleSettings();
  return { secretKey: secretKeyOf(notificationSecret), smtp, timeZone };
}
