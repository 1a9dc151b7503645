import { useTranslations } from "next-intl";
import type { Act } from "#components/forms/types.ts";
import { LockedButton } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { TEMPLATE_CHOICES, type TemplateChoice } from "#lib/rollout/schema.ts";
import type { TemplatesData } from "#lib/templates/types.ts";
import { ChooseTemplates } from "./choose-templates.tsx";

type ChoicesSectionProps = { data: TemplatesData; act: Act<null> };

/** The three choices: what each does for how many people, how it is undone, and the way to choose it. */
export function ChoicesSection({ data, act }: ChoicesSectionProps) {
  const t = useTranslations("templates.choices");
  const { enrolled, progress, mayChoose } = data;
  return (
    <Section title={t("title")} about={t("about", { people: enrolled })}>
      <table className="tbl free stack" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col">{t("choice")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("undo")}</th>
            <th scope="col">{t("act")}</th>
          </tr>
        </thead>
        <tbody>
          {TEMPLATE_CHOICES.map((choice) => (
            <tr key={choice}>
              <th scope="row" className="nw">
                {t(`${choice}.name`)}
              </th>
              <td className="two-line full">{t(`${choice}.what`)}</td>
              <td className="two-line full m2">{t(`${choice}.undo`)}</td>
              <td className="nw">
                {progress?.choice === choice ? (
                  <Status kind="ok">{t("chosen")}</Status>
                ) : mayChoose ? (
                  <Choose choice={choice} data={data} act={act} />
                ) : (
                  <span className="m">{t("notYours")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Choose({ choice, data, act }: ChoicesSectionProps & { choice: TemplateChoice }) {
  const t = useTranslations("templates.choices");
  const { rollout, enrolled, progress, openList } = data;
  if (openList !== null)
    return (
      <LockedButton id={`locked-${choice}`} small reason={t("locked", { list: openList.name })}>
        {t(`${choice}.open`)}
      </LockedButton>
    );
  return (
    <ChooseTemplates
      choice={choice}
      enrolled={enrolled}
      about={{ rolloutId: rollout.id, seenId: progress?.settlementId ?? "", choice }}
      act={act}
    />
  );
}
