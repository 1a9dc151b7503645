"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { EVENT_GROUPS, eventsFor } from "#lib/notifications/rules.ts";
import type { NotificationEventName, TargetKind } from "#lib/notifications/schema.ts";
import { EventGroup } from "./event-group.tsx";

export type Chosen = { name: string; events: NotificationEventName[]; locale: Locale };
export type FieldErrors = Record<string, string[]> | undefined;

type TargetFieldsProps = {
  kind: TargetKind;
  chosen: Chosen;
  onChange(chosen: Chosen): void;
  errors: FieldErrors;
};

const GROUPS = Object.keys(EVENT_GROUPS) as (keyof typeof EVENT_GROUPS)[];

/** What a target is called and told, and in which language its letters are. */
export function TargetFields({ kind, chosen, onChange, errors }: TargetFieldsProps) {
  const t = useTranslations("notifications");
  const nameError = errors?.name?.includes("taken") ? t("form.nameTaken") : t("form.nameMissing");
  const offered = eventsFor(kind);
  return (
    <>
      <Field
        label={t("form.name")}
        help={t("form.nameHelp")}
        name="name"
        autoComplete="off"
        maxLength={60}
        value={chosen.name}
        onChange={(event) => onChange({ ...chosen, name: event.currentTarget.value })}
        error={errors?.name === undefined ? undefined : nameError}
      />
      <fieldset className="matters">
        <legend>{t("form.events")}</legend>
        {GROUPS.map((group) => (
          <EventGroup
            key={group}
            group={group}
            offered={EVENT_GROUPS[group].filter((event) => offered.includes(event))}
            chosen={chosen.events}
            onChange={(events) => onChange({ ...chosen, events })}
          />
        ))}
      </fieldset>
      {errors?.events === undefined ? null : (
        <p className="bad small" role="alert">
          <Icon of={CircleAlert} size={14} /> {t("form.eventsMissing")}
        </p>
      )}
      {kind === "webhook" ? null : (
        <label className="field">
          <span>{t("form.locale")}</span>
          <select
            className="in"
            value={chosen.locale}
            onChange={(event) => onChange({ ...chosen, locale: event.currentTarget.value as Locale })}
          >
            {LOCALES.map((locale) => (
              <option key={locale} value={locale}>
                {t(`locale.${locale}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
