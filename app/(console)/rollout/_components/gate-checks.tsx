import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import { formatPercent } from "#lib/format/numbers.ts";
import { REPORTED_FOR_COMPARISON } from "#lib/rollout-evidence/schema.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { stagesAround } from "./use-stage-names.ts";

const HOUR_MS = 3_600_000;
/** At so small a share a lost tenth of one arm is hardly noticed within a week (docs/rollout-statistics.md). */
const BLIND_PERCENT = 1;

type Check = { key: string; kind: StatusKind; text: ReactNode };

/** What must hold besides the gates, before any of them is believed. */
export function GateChecks({ data }: { data: RolloutPageData }) {
  const checks = [
    useDwell(data),
    useData(data),
    useSplit(data),
    useReported(data),
    useLegacy(data),
    useDrift(data),
  ];
  return (
    <p className="small m gate-checks">
      {checks.flatMap((check) =>
        check === null
          ? []
          : [
              <Status key={check.key} kind={check.kind} quiet={check.kind === "ok"}>
                {check.text}
              </Status>,
            ],
      )}
    </p>
  );
}

function useDwell(data: RolloutPageData): Check | null {
  const t = useTranslations("rollout.gates.checks");
  const format = useFormatter();
  const { now: stage } = stagesAround(data);
  const beganAt = data.standing.rollout?.stage?.beganAt;
  if (stage === null || beganAt === undefined || data.verdict === null) return null;
  const lived = data.now.getTime() - beganAt.getTime();
  const hours = (number: number) =>
    `${format.number(number, { maximumFractionDigits: number < 1 ? 2 : 0 })}\u00a0h`;
  const minutes = Math.floor((lived % HOUR_MS) / 60_000);
  const livedText = `${hours(Math.floor(lived / HOUR_MS))} ${minutes}\u00a0min`;
  const isOver = data.now.getTime() >= Date.parse(data.verdict.inputs.stage.dwellEndsAt);
  const words = { least: hours(stage.minDwellHours), lived: livedText };
  return { key: "dwell", kind: isOver ? "ok" : "wait", text: t(isOver ? "dwellOk" : "dwellWait", words) };
}

function useData({ verdict, now }: RolloutPageData): Check | null {
  const t = useTranslations("rollout.gates.checks");
  const format = useFormatter();
  const newest = verdict?.inputs.newestLoginAt ?? null;
  if (newest === null) return { key: "data", kind: "wait", text: t("noData") };
  const isBlind = verdict?.verdict.reason === "blind";
  return {
    key: "data",
    kind: isBlind ? "fail" : "ok",
    text: t("data", { ago: format.relativeTime(new Date(newest), now) }),
  };
}

function useSplit({ verdict }: RolloutPageData): Check | null {
  const t = useTranslations("rollout.gates.checks");
  const locale = useLocale();
  if (verdict === null || verdict.verdict.logSplit === null) return null;
  const { treated, control } = verdict.inputs.people;
  if (treated + control === 0) return null;
  const share = formatPercent(treated / (treated + control), locale);
  if (verdict.verdict.reason === "split_off")
    return { key: "split", kind: "fail", text: t("splitOff", { share }) };
  const isBlind = verdict.inputs.stage.exposurePercent <= BLIND_PERCENT;
  return {
    key: "split",
    kind: isBlind ? "open" : "ok",
    text: t(isBlind ? "splitBlind" : "split", { share }),
  };
}

function useReported({ verdict }: RolloutPageData): Check | null {
  const t = useTranslations("rollout.gates.checks");
  const locale = useLocale();
  if (verdict === null) return null;
  const { treated, control } = verdict.inputs.legacyReported;
  const [count, of] = [treated.count + control.count, treated.of + control.of];
  if (of === 0) return null;
  const isFew = [treated, control].some((arm) => arm.count < arm.of * REPORTED_FOR_COMPARISON);
  const share = formatPercent(count / of, locale, 0);
  return {
    key: "reported",
    kind: isFew ? "fail" : "ok",
    text: t(isFew ? "reportedFew" : "reported", { share }),
  };
}

function useLegacy({ legacyProof }: RolloutPageData): Check {
  const t = useTranslations("rollout.gates.checks");
  const { everyMinutes, worked, failed } = legacyProof;
  const of = worked + failed;
  const isProven = failed === 0;
  const told = everyMinutes === null || of === 0 ? "noTrials" : isProven ? "proven" : "notProven";
  return {
    key: "legacy",
    kind: told === "noTrials" ? "open" : isProven ? "ok" : "due",
    text: (
      <Link href="/rollout/legacy-login" prefetch={false}>
        {t(told, { worked, of })}
      </Link>
    ),
  };
}

function useDrift({ sighting, drift }: RolloutPageData): Check | null {
  const t = useTranslations("rollout.gates.checks");
  if (sighting === null) return null;
  if (sighting.trouble !== null) return { key: "drift", kind: "due", text: t("unread") };
  const isSame = drift === null;
  return { key: "drift", kind: isSame ? "ok" : "fail", text: t(isSame ? "noDrift" : "drift") };
}
