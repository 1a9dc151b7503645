"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import type { FieldErrors } from "#components/forms/types.ts";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KEY_END_DAYS } from "#lib/applications/types.ts";

const TROUBLES = ["missing", "long", "taken", "form", "twice", "many", "days", "reason"] as const;

/** Turns the troubles of a field, `code` or `code:value`, into sentences. */
function useTroubles() {
  const t = useTranslations("applications.form.trouble");
  return (messages: string[] = []): string[] =>
    messages.map((message) => {
      const [code, ...value] = message.split(":");
      return t(TROUBLES.find((known) => known === code) ?? "unclear", { value: value.join(":") });
    });
}

type NameAndChannelsProps = { errors: FieldErrors; name?: string; channels?: readonly string[] };

/** The name of an application and its channels, one per line; each bad channel is named with what is wrong. */
export function NameAndChannels({ errors, name, channels }: NameAndChannelsProps) {
  const t = useTranslations("applications.form");
  const id = useId();
  const troubles = useTroubles();
  const bad = troubles(errors.channels);
  return (
    <>
      <Field
        label={t("name")}
        help={t("nameHelp")}
        error={troubles(errors.name)[0]}
        name="name"
        defaultValue={name}
        maxLength={80}
        autoComplete="off"
      />
      <div className={bad.length > 0 ? "field err" : "field"}>
        <label htmlFor={id}>{t("channels")}</label>
        <textarea
          id={id}
          className="in mono"
          name="channels"
          rows={4}
          defaultValue={channels?.join("\n")}
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={bad.length > 0 ? true : undefined}
          aria-describedby={`${id}-note`}
        />
        <div id={`${id}-note`}>
          {bad.map((trouble) => (
            <small key={trouble}>
              <Icon of={CircleAlert} size={14} /> {trouble}
            </small>
          ))}
          {bad.length === 0 ? <small>{t("channelsHelp")}</small> : null}
        </div>
      </div>
    </>
  );
}

/** In how many days the old key ends. */
export function DaysField({ errors, name }: { errors: FieldErrors; name: "oldEndsInDays" | "endsInDays" }) {
  const t = useTranslations("applications.nextKey");
  const troubles = useTroubles();
  return (
    <Field
      label={t("days")}
      help={t("daysHelp")}
      error={troubles(errors[name])[0]}
      type="number"
      inputMode="numeric"
      name={name}
      min={KEY_END_DAYS.least}
      max={KEY_END_DAYS.most}
      defaultValue={KEY_END_DAYS.usual}
    />
  );
}

type ReasonFieldProps = {
  errors: FieldErrors;
  label: string;
  reasons: readonly { value: string; text: string }[];
};

/** Why something is stopped: one of a closed list, for the audit log. */
export function ReasonField({ errors, label, reasons }: ReasonFieldProps) {
  const troubles = useTroubles();
  return <ChoiceField name="reason" label={label} choices={reasons} error={troubles(errors.reason)[0]} />;
}
