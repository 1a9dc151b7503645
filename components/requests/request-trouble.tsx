"use client";

import { useTranslations } from "next-intl";
import type { FieldErrors } from "#components/forms/types.ts";
import { Note } from "#components/ui/note.tsx";
import type { RequestTrouble } from "./terms.ts";

/** Why the request did not move, and what to do next. */
export function RequestTroubleNote({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("requests.trouble");
  const [code] = errors.request ?? [];
  if (code === undefined) return null;
  const known = t.has(code as RequestTrouble) ? (code as RequestTrouble) : "illegal_step";
  return (
    <Note tone="warn" role="alert">
      {t(known, { protocol: "" })}
    </Note>
  );
}
