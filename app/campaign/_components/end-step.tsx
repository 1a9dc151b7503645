"use client";

import { useTranslations } from "next-intl";
import { keyOf, type Place } from "#components/testers/walk.ts";
import { Button } from "#components/ui/button.tsx";
import type { WalkStep } from "#lib/campaigns/rules.ts";
import { StepHead } from "./step-head.tsx";
import styles from "./tester.module.css";

type EndStepProps = {
  place: Extract<Place, { at: "end" }>;
  device: string;
  /** To what was left out. */
  onBack(): void;
  onOtherDevice(): void;
};

/** The tester's own results on this device, condition by condition, and the way back to what was left out. */
export function EndStep({ place: { steps, leftOut }, device, onBack, onOtherDevice }: EndStepProps) {
  const t = useTranslations("tester");
  const isWhole = leftOut === 0;
  return (
    <>
      <StepHead
        title={t(isWhole ? "end.whole.title" : "end.some.title")}
        text={isWhole ? t("end.whole.text") : t("end.some.text", { count: leftOut })}
      />
      <table className={styles.results}>
        <caption className="b">{t("end.results", { device })}</caption>
        <thead className="vh">
          <tr>
            <th scope="col">{t("end.condition")}</th>
            <th scope="col">{t("end.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={keyOf(step)}>
              <th scope="row">
                {t("end.both", {
                  lighting: t(`lighting.${step.lighting}.name`),
                  position: t(`position.${step.position}.name`),
                })}
              </th>
              <td>{step.tries.length === 0 ? t("end.leftOut") : t("end.recognised", countOf(step))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.ways}>
        {isWhole ? null : (
          <Button look="primary" wide onClick={onBack}>
            {t("end.back")}
          </Button>
        )}
        <Button wide onClick={onOtherDevice}>
          {t("end.other")}
        </Button>
      </div>
    </>
  );
}

const countOf = ({ tries }: WalkStep) => ({
  recognised: tries.filter(({ outcome }) => outcome === "recognised").length,
  all: tries.length,
});
