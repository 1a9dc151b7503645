import { useTranslations } from "next-intl";
import { ChoicesFrame } from "#components/forms/choices-frame.tsx";
import { Section } from "#components/ui/section.tsx";
import { modalityOf } from "#lib/campaigns/rules.ts";
import { LIGHTINGS, POSITIONS, type Position } from "#lib/campaigns/schema.ts";
import type { DraftPartProps } from "./campaign-draft.ts";

const FACE = POSITIONS.filter((position) => modalityOf(position) === "face");
const FINGERS = POSITIONS.filter((position) => modalityOf(position) === "fingers");

/** In which light, and how face and finger are held: each with each is a cell. */
export function ConditionFields({ draft, fields, change }: DraftPartProps) {
  const t = useTranslations("campaigns.form");
  const terms = useTranslations("campaigns");
  const choicesOf = (positions: readonly Position[]) =>
    positions.map((value) => ({ value, text: terms(`position.${value}`) }));
  const position = boxOf(draft.positions, (positions) => change({ positions }));
  return (
    <Section title={t("conditions")} about={t("conditionsAbout")}>
      <div className="campaign-groups">
        <ChoicesFrame
          label={t("lightings")}
          choices={LIGHTINGS.map((value) => ({ value, text: terms(`lighting.${value}`) }))}
          error={fields.lightings ? t("errors.lightings") : undefined}
          input={boxOf(draft.lightings, (lightings) => change({ lightings }))}
        />
        <ChoicesFrame
          label={t("positionsOfFace")}
          choices={choicesOf(FACE)}
          error={fields.positions ? t("errors.positions") : undefined}
          input={position}
        />
        <ChoicesFrame label={t("positionsOfFingers")} choices={choicesOf(FINGERS)} input={position} />
      </div>
    </Section>
  );
}

/** A checkbox that puts its value among the chosen ones or takes it out. */
const boxOf =
  <Value extends string>(chosen: readonly Value[], choose: (chosen: Value[]) => void) =>
  (value: Value) => ({
    type: "checkbox",
    checked: chosen.includes(value),
    onChange: () =>
      choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]),
  });
