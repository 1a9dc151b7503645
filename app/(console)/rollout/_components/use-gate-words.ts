import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { StatusKind } from "#components/ui/status.tsx";
import { formatPercent } from "#lib/format/numbers.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import type { GateState } from "#lib/rollout-evidence/schema.ts";
import type { GateVerdict } from "#lib/rollout-evidence/types.ts";

export const STATE_KINDS: Record<GateState, StatusKind> = {
  pass: "ok",
  fail: "fail",
  suspect: "due",
  cannot_tell: "wait",
  harm_only: "none",
  signal: "none",
  void: "unknown",
};

export const STATE_TONES = {
  pass: "pass",
  fail: "fail",
  suspect: "wait",
  cannot_tell: "wait",
  harm_only: "grey",
  signal: "grey",
  void: "grey",
} as const satisfies Record<GateState, string>;

/** More evidence than this is said as more. */
const MOST_PROOF = 1_000;

export const isCompared = ({ control }: GateVerdict): boolean => control !== null;

/** A gate in words and figures. Shares have two digits after the point below 10 %, as few people end badly. */
export function useGateWords({ limits }: Pick<RolloutPlan, "limits">) {
  const t = useTranslations("rollout.gates");
  const format = useFormatter();
  const locale = useLocale();
  const share = (of: number) => formatPercent(of, locale, of < 0.1 ? 2 : 1);
  const odds = (of: number) => format.number(of, { maximumFractionDigits: 2 });
  const seconds = format.number(limits.slowLoginSeconds);
  const ms = format.number(limits.slowCallMs);
  return {
    name: ({ metric }: GateVerdict) => t(`metric.${metric}`, { seconds, ms }),
    basis: (gate: GateVerdict) =>
      t(`basis.${isCompared(gate) ? "odds" : gate.metric === "fallback" ? "offered" : "calls"}`),
    share,
    value: (gate: GateVerdict, of: number) => (isCompared(gate) ? odds(of) : share(of)),
    limit: (gate: GateVerdict) => {
      if (gate.limit === null) return t("noLimit");
      if (isCompared(gate)) return t("limitOdds", { limit: odds(gate.limit) });
      return t("limitShare", { limit: formatPercent(gate.limit, locale, 0) });
    },
    proof: ({ logProof }: GateVerdict) => {
      if (logProof === null) return t("noLimit");
      const proof = Math.exp(logProof);
      if (proof > MOST_PROOF) return t("many");
      return format.number(proof, { maximumFractionDigits: proof < 10 ? 1 : 0 });
    },
  };
}
