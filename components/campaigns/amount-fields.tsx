import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Section } from "#components/ui/section.tsx";
import { type DraftPartProps, NUMBERS } from "./campaign-draft.ts";

/** How much is enough, and whether each picture is held against another tester, too. */
export function AmountFields({ draft, fields, change }: DraftPartProps) {
  const t = useTranslations("campaigns.form");
  return (
    <Section title={t("measure")} about={t("measureAbout")}>
      <div className="campaign-numbers">
        {NUMBERS.map((name) => (
          <Field
            key={name}
            label={t(`numbers.${name}`)}
            help={t(`numbersHelp.${name}`)}
            inputMode="numeric"
            maxLength={4}
            value={draft[name]}
            onChange={(event) => change({ [name]: event.target.value })}
            error={fields[name] ? t(`errors.${name}`) : undefined}
            autoComplete="off"
          />
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.swapped}
          onChange={(event) => change({ swapped: event.target.checked })}
        />
        <span>
          {t("swapped")} <span className="m small">{t("swappedHelp")}</span>
        </span>
      </label>
    </Section>
  );
}
