"use client";

import { useTranslations } from "next-intl";
import type { FieldErrors } from "#components/forms/types.ts";
import { Note } from "#components/ui/note.tsx";
import type { RequestTrouble } from "./terms.ts";

/** Why the request did not move, and what to do next. */
export function RequestTroubleNote({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("requests.trouble");
  const [code] = errors.request ?? [];
  if (code === undefined || !t.has(code as RequestTrouble)) return null;
  return <Note tone="warn">{t(code as RequestTrouble, { protocol: "" })}</Note>;
}
