"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { failuresNeeded } from "#lib/rollout-evidence/rules.ts";
import { numberIn, type PlanDraft, type StageDraft } from "./plan-draft.ts";

export type Measured = { perDay: number; basePercent: number };

/** Assumed where there was no login to measure, and called that. */
const ASSUMED: Measured = { perDay: 1_000, basePercent: 3 };

type PlanMeaningProps = { draft: PlanDraft; measured: Measured | null };

/** What a plan means while it is written: how soon, how much harm it lets through, and what proof takes. */
export function PlanMeaning({ draft, measured }: PlanMeaningProps) {
  const t = useTranslations("rollout.plan.consequences");
  const [perDay, setPerDay] = useState(String(Math.round((measured ?? ASSUMED).perDay)));
  const [base, setBase] = useState(String((measured ?? ASSUMED).basePercent));
  const dwell = draft.stages
    .slice(0, -1)
    .reduce((sum, { minDwellHours }) => sum + (numberIn(minDwellHours) ?? 0), 0);
  const days = Math.ceil(dwell / 24);
  const last = draft.stages.at(-1);
  return (
    <RailSection title={t("title")} about={t(measured === null ? "guess" : "why")}>
      <div className="two-fields">
        <Field
          label={t("perDay")}
          inputMode="numeric"
          value={perDay}
          onChange={(event) => setPerDay(event.target.value)}
        />
        <Field
          label={t("base")}
          inputMode="decimal"
          value={base}
          onChange={(event) => setBase(event.target.value)}
        />
      </div>
      <table className="tbl free tight">
        <thead>
          <tr>
            <th scope="col">{t("stage")}</th>
            <th scope="col" className="num">
              {t("logins")}
            </th>
            <th scope="col" className="num">
              {t("time")}
            </th>
          </tr>
        </thead>
        <tbody>
          {draft.stages.map((stage) => (
            <StageMeaning
              key={stage.key}
              stage={stage}
              perDay={numberIn(perDay) ?? 0}
              base={(numberIn(base) ?? 0) / 100}
            />
          ))}
        </tbody>
      </table>
      <dl className="dl">
        <dt>{t("days")}</dt>
        <dd className="b">{t("daysValue", { days })}</dd>
      </dl>
      <Harm stages={draft.stages} />
      {last?.exposurePercent === "100" ? <Note tone="warn">{t("lastNoHoldBack")}</Note> : null}
    </RailSection>
  );
}

type StageMeaningProps = { stage: StageDraft; perDay: number; base: number };

/**
 * Logins of both arms that proof takes: the failures the rule of thumb asks for in the biometric arm, more where that arm is
 * no small share, as what two arms tell grows with share times the rest.
 */
function StageMeaning({ stage, perDay, base }: StageMeaningProps) {
  const t = useTranslations("rollout.plan.consequences");
  const names = useTranslations("rollout.stage");
  const format = useFormatter();
  const percent = numberIn(stage.exposurePercent);
  const margin = numberIn(stage.margin);
  const share = (percent ?? 0) / 100;
  const name = percent === 0 ? names("adopters") : names("percent", { percent: percent ?? "–" });
  const isCompared = margin !== null && margin > 1 && share > 0 && share < 1 && base > 0 && perDay > 0;
  const logins = isCompared ? failuresNeeded(margin) / (1 - share) / base / share : null;
  const days = logins === null ? null : logins / perDay;
  const longest = numberIn(stage.maxDwellDays) ?? 0;
  return (
    <tr>
      <th scope="row" className="nw">
        {name}
      </th>
      <td className="num">{logins === null ? "–" : format.number(Math.ceil(logins))}</td>
      <td className="num">
        {days === null ? (
          "–"
        ) : days > longest ? (
          <Status kind="wait">{t("over", { days: longest })}</Status>
        ) : (
          t("daysValue", { days: Math.max(1, Math.ceil(days)) })
        )}
      </td>
    </tr>
  );
}

/** The most harm that any stage lets through: its share times what its margin is above 1. */
function Harm({ stages }: { stages: readonly StageDraft[] }) {
  const t = useTranslations("rollout.plan.consequences");
  const format = useFormatter();
  const worst = stages
    .map(({ exposurePercent, margin }) => ({
      share: numberIn(exposurePercent) ?? 0,
      margin: numberIn(margin) ?? 1,
    }))
    .map((one) => ({ ...one, tolerated: one.share * (one.margin - 1) }))
    .sort((a, b) => b.tolerated - a.tolerated)[0];
  if (worst === undefined || worst.tolerated <= 0) return null;
  const words = {
    share: format.number(worst.share),
    margin: format.number(worst.margin, { maximumFractionDigits: 2 }),
    tolerated: format.number(worst.tolerated, { maximumFractionDigits: 1 }),
  };
  return (
    <p className="small m next-note">
      {t("harm")}: {t("harmText", words)}.
    </p>
  );
}
