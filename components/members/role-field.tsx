"use client";

import { useTranslations } from "next-intl";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import type { FieldErrors } from "#components/forms/types.ts";
import { ROLES, type Role } from "#lib/members/schema.ts";
import { useTrouble } from "./use-trouble.ts";

/** The four roles with what each sees; none is chosen for whoever is new. */
export function RoleField({ errors, now }: { errors: FieldErrors; now?: Role }) {
  const t = useTranslations("members");
  const terms = useTranslations("terms.role");
  const trouble = useTrouble();
  return (
    <ChoiceField
      name="role"
      label={t("role")}
      defaultValue={now}
      error={trouble(errors.role)}
      choices={ROLES.map((role) => ({ value: role, text: terms(role), help: t(`sees.${role}`) }))}
    />
  );
}
