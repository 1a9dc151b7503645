import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { ChecksField } from "#components/forms/checks-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { REGIMES } from "#lib/deadlines/types.ts";
import { ASKED_RIGHTS, type Channel } from "#lib/requests/types.ts";
import type { IntakeInput } from "./new-request.tsx";
import { useRequestTerms } from "./terms.ts";

/** How a request that is typed in can have come. */
const CHANNELS = ["email", "phone", "letter", "counter", "portal"] as const satisfies readonly Channel[];

type IntakeFieldsProps = {
  input: IntakeInput;
  today: string;
  fields: Record<string, string[]>;
  onChange(change: Partial<IntakeInput>): void;
  /** The CustomID's field is left. */
  onLeave(): void;
  known: ReactNode;
};

/** What the form of a new request asks. */
export function IntakeFields({ input, today, fields, onChange, onLeave, known }: IntakeFieldsProps) {
  const t = useTranslations("requests.new");
  const terms = useRequestTerms();
  const channelId = useId();
  const wrong = (name: keyof IntakeInput, text: string) => (fields[name] === undefined ? undefined : text);
  return (
    <>
      <Field
        label={t("customId")}
        help={t("customIdHelp")}
        error={wrong("customId", t("error.customId"))}
        className="mono"
        name="customId"
        value={input.customId}
        maxLength={128}
        required
        autoFocus={input.customId === ""}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onChange({ customId: event.currentTarget.value })}
        onBlur={onLeave}
      />
      {known}
      <ChecksField
        label={t("rights")}
        choices={ASKED_RIGHTS.map((right) => ({
          value: right,
          text: terms.right(right),
          help: t(`rightHelp.${right}`),
        }))}
        chosen={input.rights}
        error={wrong("rights", t("error.rights"))}
        onChange={(rights) => onChange({ rights })}
      />
      <ChecksField
        label={t("laws")}
        choices={REGIMES.map((regime) => ({ value: regime, text: t(`law.${regime}`) }))}
        chosen={input.regimes}
        error={wrong("regimes", t("error.regimes"))}
        onChange={(regimes) => onChange({ regimes })}
      />
      <div className="field">
        <label htmlFor={channelId}>{t("channel")}</label>
        <select
          id={channelId}
          className="in"
          value={input.channel}
          onChange={({ currentTarget: { value } }) =>
            onChange({ channel: CHANNELS.find((one) => one === value) ?? "email" })
          }
        >
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {terms.channel(channel)}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={t("receivedOn")}
        help={t("receivedOnHelp")}
        error={wrong("receivedOn", t("error.receivedOn"))}
        type="date"
        name="receivedOn"
        value={input.receivedOn}
        max={today}
        required
        onChange={(event) => onChange({ receivedOn: event.currentTarget.value })}
      />
    </>
  );
}
