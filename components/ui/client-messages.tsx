import { NextIntlClientProvider, useMessages } from "next-intl";
import type { ReactNode } from "react";
import type { Room } from "#lib/i18n/messages.ts";

/** Needed by error screens and small controls wherever they stand. */
const ALWAYS: readonly Room[] = ["common", "states"];

/**
 * Sends the texts of these rooms to the client components inside it. Server components need none of this; a client
 * component has only what is sent here, so that no page carries the texts of every other.
 */
export function ClientMessages({ rooms, children }: { rooms: readonly Room[]; children: ReactNode }) {
  const all = useMessages();
  const sent = Object.fromEntries([...ALWAYS, ...rooms].map((room) => [room, all[room]]));
  return <NextIntlClientProvider messages={sent}>{children}</NextIntlClientProvider>;
}
