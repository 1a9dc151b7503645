import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { timesOf } from "#lib/history/rules.ts";
import type { TryTimes, Verification } from "#lib/verifications/types.ts";
import { StepsAfter } from "./steps-after.tsx";
import { StepsBefore } from "./steps-before.tsx";
import { StepsOfCall } from "./steps-of-call.tsx";
import type { EnrolledFact, PolicyFact } from "./types.ts";

type VerificationStepsProps = { verification: Verification; policy: PolicyFact; enrolled: EnrolledFact };

/** What was done with the capture, step by step, on which facts, and where the time went. */
export function VerificationSteps({ verification: v, policy, enrolled }: VerificationStepsProps) {
  const t = useTranslations("verification.steps");
  const times = timesOf(v);
  return (
    <Section title={t("title")} about={<About verification={v} times={times} />} end={<Legend />}>
      <table className="tbl stack free steps-table">
        <thead>
          <tr>
            <th scope="col">{t("step")}</th>
            <th scope="col">{t("cameOut")}</th>
            <th scope="col">{t("facts")}</th>
            <th scope="col">{t("when")}</th>
            <th scope="col" className="num">
              {t("ms")}
            </th>
          </tr>
        </thead>
        <tbody>
          <StepsBefore verification={v} policy={policy} enrolled={enrolled} times={times} />
          <StepsOfCall verification={v} times={times} />
          <StepsAfter verification={v} policy={policy} times={times} />
        </tbody>
      </table>
    </Section>
  );
}

function About({
  verification: { apiLatencyMs, apiTries },
  times,
}: {
  verification: Verification;
  times: TryTimes | null;
}) {
  const t = useTranslations("verification.steps");
  const format = useFormatter();
  const waited = apiTries === 0 ? "none" : "some";
  const ms = format.number(apiLatencyMs ?? 0);
  return times === null ? t("aboutOld", { waited, ms }) : t("about", { total: times.totalMs, waited, ms });
}

function Legend() {
  const t = useTranslations("verification.steps");
  return (
    <>
      <span className="m">
        <span className="key k1" />
        {t("api")}
      </span>
      <span className="m">
        <span className="key step-own" />
        {t("gateway")}
      </span>
    </>
  );
}
