import "#components/rollout/rollout.css";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import type { GateVerdict } from "#lib/rollout-evidence/types.ts";
import type { RolloutCard } from "#lib/rollout-page/types.ts";
import { StageLine } from "../rollout/_components/stage-line.tsx";
import { STATE_KINDS, useGateWords } from "../rollout/_components/use-gate-words.ts";
import { useVerdictWords } from "../rollout/_components/use-verdict-words.ts";

/** Where the rollout stands, what the rule says of it and each gate in a word; the rest is in its own room. */
export function RolloutCardOf({ card }: { card: RolloutCard }) {
  const t = useTranslations("rollout");
  const { answer } = useVerdictWords(card);
  const { rollout, intent } = card.standing;
  return (
    <>
      <StageLine data={card} />
      <p className="rollout-says">
        {rollout?.stage && !intent.halted ? <b className="b">{answer}</b> : null}{" "}
        <Link href="/rollout" prefetch={false}>
          {t("title")}
        </Link>
      </p>
      {card.verdict === null || rollout === null ? null : (
        <GateWords gates={card.verdict.verdict.gates} plan={rollout.plan} />
      )}
    </>
  );
}

function GateWords({ gates, plan }: { gates: readonly GateVerdict[]; plan: RolloutPlan }) {
  const t = useTranslations("rollout.gates");
  const words = useGateWords(plan);
  return (
    <p className="small m gate-checks">
      {gates.map((gate) => (
        <Status key={gate.metric} kind={STATE_KINDS[gate.state]} quiet={gate.state === "pass"}>
          {words.name(gate)}: {t(`state.${gate.state}`)}
        </Status>
      ))}
    </p>
  );
}
