import { useTranslations } from "next-intl";

const TROUBLES = [
  "email",
  "taken",
  "missing",
  "long",
  "role",
  "same",
  "own_account",
  "last_of_role",
] as const;

/** Turns the first trouble of a field into a sentence. */
export function useTrouble() {
  const t = useTranslations("members.trouble");
  return ([code]: string[] = []): string | undefined =>
    code === undefined ? undefined : t(TROUBLES.find((known) => known === code) ?? "unclear");
}
