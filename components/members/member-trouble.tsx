"use client";

import type { FieldErrors } from "#components/forms/types.ts";
import { Note } from "#components/ui/note.tsx";
import { useTrouble } from "./use-trouble.ts";

/** Why nobody may do this to the member, where somebody else made it so since the page was loaded. */
export function MemberTrouble({ errors }: { errors: FieldErrors }) {
  const text = useTrouble()(errors.member);
  return text === undefined ? null : <Note tone="warn">{text}</Note>;
}
