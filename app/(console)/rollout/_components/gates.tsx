import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { GateScale } from "#components/rollout/gate-scale.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { PEOPLE_FOR_RATES } from "#lib/rates/rules.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import type { Count, GateVerdict } from "#lib/rollout-evidence/types.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { GateChecks } from "./gate-checks.tsx";
import { STATE_KINDS, STATE_TONES, useGateWords } from "./use-gate-words.ts";
import { stagesAround, useStageNames } from "./use-stage-names.ts";

/** What the rule weighed of the present stage: each gate with its figures against its limit, and its verdict. */
export function Gates({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.gates");
  const format = useFormatter();
  const names = useStageNames();
  const { standing, verdict, now, lastHalt } = data;
  const { now: stage } = stagesAround(data);
  if (standing.rollout?.stage == null || stage === null) return null;
  const frozenAt = standing.intent.halted && lastHalt ? lastHalt.at : null;
  const about =
    verdict === null
      ? undefined
      : frozenAt !== null
        ? t("frozen", { at: format.dateTime(frozenAt, "clock") })
        : t("about", {
            ago: format.relativeTime(verdict.at, now),
            since: format.dateTime(standing.rollout.stage.beganAt, "minute"),
          });
  return (
    <Section
      title={t("title", { stage: names.inSentence(stage.exposurePercent) })}
      about={about}
      end={
        <Link href="/rollout/evidence" prefetch={false}>
          {t("how")}
        </Link>
      }
    >
      {verdict === null ? (
        <p className="m">{t("empty")}</p>
      ) : (
        <>
          <GatesTable gates={verdict.verdict.gates} plan={standing.rollout.plan} />
          <GateChecks data={data} />
        </>
      )}
    </Section>
  );
}

function GatesTable({ gates, plan }: { gates: readonly GateVerdict[]; plan: RolloutPlan }) {
  const t = useTranslations("rollout.gates.head");
  const title = useTranslations("rollout.gates")("proofTitle");
  return (
    <table className="tbl stack gates">
      <thead>
        <tr>
          <th scope="col">{t("gate")}</th>
          <th scope="col" className="num">
            {t("biometric")}
          </th>
          <th scope="col" className="num">
            {t("legacy")}
          </th>
          <th scope="col">{t("scale")}</th>
          <th scope="col" className="num">
            {t("limit")}
          </th>
          <th scope="col" className="num" title={title}>
            {t("proof")}
          </th>
          <th scope="col">{t("verdict")}</th>
        </tr>
      </thead>
      <tbody>
        {gates.map((gate) => (
          <GateRow key={gate.metric} gate={gate} plan={plan} />
        ))}
      </tbody>
    </table>
  );
}

function GateRow({ gate, plan }: { gate: GateVerdict; plan: RolloutPlan }) {
  const t = useTranslations("rollout.gates");
  const words = useGateWords(plan);
  const { value, interval, limit, state } = gate;
  const scaleText =
    value === null
      ? null
      : t("scaleText", {
          value: words.value(gate, value),
          low: interval.low === null ? "–" : words.value(gate, interval.low),
          high: interval.high === null ? "–" : words.value(gate, interval.high),
          limit: words.limit(gate),
        });
  return (
    <tr>
      <th scope="row" className="two-line">
        {words.name(gate)}
        <small>{words.basis(gate)}</small>
      </th>
      <CountCell count={gate.treated} share={words.share} />
      <CountCell count={gate.control} share={words.share} isLegacy />
      <td className="sc">
        <GateScale
          value={value}
          low={interval.low}
          high={interval.high}
          limit={limit}
          tone={STATE_TONES[state]}
        />
        {scaleText === null ? null : <span className="vh">{scaleText}</span>}
      </td>
      <td className="num m2 hide-s nw">{words.limit(gate)}</td>
      <td className="num m2 hide-s nw">{words.proof(gate)}</td>
      <td className="nw end-s verdict">
        <Status kind={STATE_KINDS[state]}>{t(`state.${state}`)}</Status>
      </td>
    </tr>
  );
}

type CountCellProps = { count: Count | null; share(of: number): string; isLegacy?: boolean };

/** A rate over its count; below thirty the count alone, as a rate would tell more about who they were. */
function CountCell({ count, share, isLegacy }: CountCellProps) {
  const t = useTranslations("rollout.gates");
  const format = useFormatter();
  const className = isLegacy ? "num two-line hide-s" : "num two-line";
  if (count === null || count.of === 0) return <td className={`${className} m`}>–</td>;
  const base = t("of", { count: format.number(count.count), of: format.number(count.of) });
  if (count.of < PEOPLE_FOR_RATES) return <td className={className}>{base}</td>;
  return (
    <td className={className}>
      {share(count.count / count.of)}
      <small>{base}</small>
    </td>
  );
}
