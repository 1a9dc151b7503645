"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { COMPARED_METRICS } from "#lib/rollout-evidence/schema.ts";
import { CellField } from "./cell-field.tsx";
import { type StageDraft, stageAfter } from "./plan-draft.ts";

export type PlanErrors = Map<string, { code: string; limit: string }>;

type PlanStagesProps = {
  stages: readonly StageDraft[];
  /** The place of the last stage that was begun; -1 before the first. */
  begunTo: number;
  errors: PlanErrors;
  change(stages: StageDraft[]): void;
};

const MOST_STAGES = 12;

/** The stages of a plan as rows to write in; what was begun keeps its share. */
export function PlanStages({ stages, begunTo, errors, change }: PlanStagesProps) {
  const t = useTranslations("rollout.plan");
  const put = (key: number, part: Partial<StageDraft>) =>
    change(stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage)));
  return (
    <>
      <table className="tbl stack plan-stages">
        <thead>
          <tr>
            {(
              ["exposure", "minDwell", "maxDwell", "margin", "minPeople", "advances", "harmOnly"] as const
            ).map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
            <th scope="col">
              <span className="vh">{t("remove")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, place) => (
            <StageRow
              key={stage.key}
              stage={stage}
              place={place}
              isBegun={place <= begunTo}
              errors={errors}
              put={(part) => put(stage.key, part)}
              remove={() => change(stages.filter(({ key }) => key !== stage.key))}
              canRemove={stages.length > 1 && place > begunTo}
            />
          ))}
        </tbody>
      </table>
      {stages.length < MOST_STAGES ? (
        <Button icon={Plus} small onClick={() => change([...stages, stageAfter(stages)])}>
          {t("add")}
        </Button>
      ) : null}
    </>
  );
}

type StageRowProps = {
  stage: StageDraft;
  place: number;
  isBegun: boolean;
  errors: PlanErrors;
  put(part: Partial<StageDraft>): void;
  remove(): void;
  canRemove: boolean;
};

function StageRow({ stage, place, isBegun, errors, put, remove, canRemove }: StageRowProps) {
  const t = useTranslations("rollout.plan");
  const about = { place: place + 1 };
  const field = (name: "exposurePercent" | "minDwellHours" | "maxDwellDays" | "margin" | "minPeople") => ({
    value: stage[name],
    error: errors.get(`stages.${place}.${name}`),
    set: (value: string) => put({ [name]: value }),
  });
  return (
    <tr>
      <td data-label={t("exposure")}>
        <CellField {...field("exposurePercent")} label={t("exposureOf", about)} unit="%" readOnly={isBegun} />
        {isBegun ? <small className="m"> {t("lived")}</small> : null}
      </td>
      <td data-label={t("minDwell")}>
        <CellField {...field("minDwellHours")} label={t("minDwellOf", about)} unit={t("hours")} />
        <label className="cell-check small">
          <input
            type="checkbox"
            checked={stage.spansWeekend}
            onChange={(event) => put({ spansWeekend: event.target.checked })}
            aria-label={t("weekendOf", about)}
          />{" "}
          {t("weekend")}
        </label>
      </td>
      <td data-label={t("maxDwell")}>
        <CellField {...field("maxDwellDays")} label={t("maxDwellOf", about)} unit={t("days")} />
      </td>
      <td data-label={t("margin")}>
        <CellField
          {...field("margin")}
          label={t("marginOf", about)}
          unit={t("fold")}
          placeholder={t("none")}
        />
      </td>
      <td data-label={t("minPeople")}>
        <CellField {...field("minPeople")} label={t("minPeopleOf", about)} />
      </td>
      <td data-label={t("advances")}>
        <select
          className="in"
          aria-label={t("advancesOf", about)}
          value={stage.advances}
          onChange={(event) => put({ advances: event.target.value === "by_itself" ? "by_itself" : "asks" })}
        >
          <option value="asks">{t("asks")}</option>
          <option value="by_itself">{t("by_itself")}</option>
        </select>
      </td>
      <td data-label={t("harmOnly")}>
        {stage.margin.trim() === "" ? (
          <span className="m">–</span>
        ) : (
          <HarmOnly stage={stage} place={place} put={put} />
        )}
      </td>
      <td>
        {canRemove ? (
          <button type="button" className="link" onClick={remove} aria-label={t("removeOf", about)}>
            {t("remove")}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

/** The compared gates that roll back at this stage but no longer hold. */
function HarmOnly({ stage, place, put }: Pick<StageRowProps, "stage" | "place" | "put">) {
  const t = useTranslations("rollout.plan");
  const gates = useTranslations("rollout.gates.inSentence");
  const { harmOnly } = stage;
  return (
    <fieldset className="cell-checks">
      <legend className="vh">{t("harmOnlyOf", { place: place + 1 })}</legend>
      {COMPARED_METRICS.map((metric) => (
        <label key={metric} className="cell-check small">
          <input
            type="checkbox"
            checked={harmOnly.includes(metric)}
            onChange={(event) =>
              put({
                harmOnly: COMPARED_METRICS.filter((one) =>
                  one === metric ? event.target.checked : harmOnly.includes(one),
                ),
              })
            }
          />{" "}
          {gates(metric)}
        </label>
      ))}
    </fieldset>
  );
}
