"use client";

import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { SampleMessage } from "./types.ts";

/** What was said to the member last: the gateway's words as they came, or the page's own. */
export function MessageNote({ message }: { message: SampleMessage | null }) {
  const t = useTranslations("sample.message");
  if (message === null) return null;
  const tone = message.from === "gateway" ? message.tone : "warn";
  const text =
    message.from === "gateway"
      ? message.feedback.text
      : t(message.code, { seconds: message.waitSeconds ?? 0 });
  return (
    <Note tone={tone} role={tone === "ok" ? "status" : "alert"}>
      {text}
    </Note>
  );
}
