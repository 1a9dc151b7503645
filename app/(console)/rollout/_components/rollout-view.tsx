import "#components/rollout/rollout.css";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { BothWays } from "./both-ways.tsx";
import { DriftNote } from "./drift-note.tsx";
import { Gates } from "./gates.tsx";
import { GatewaysRail } from "./gateways-rail.tsx";
import { HaltedRail } from "./halted-rail.tsx";
import { History } from "./history.tsx";
import { NextStep } from "./next-step.tsx";
import { RolloutHead } from "./rollout-head.tsx";
import { StageLine } from "./stage-line.tsx";
import { WayBack } from "./way-back.tsx";
import { WhatChanges } from "./what-changes.tsx";

/** Whether it can go on, on what evidence, what that would change, and the way back. */
export function RolloutView({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout");
  const rail = data.standing.intent.halted ? (
    <HaltedRail data={data} />
  ) : (
    <>
      <NextStep data={data} />
      <WhatChanges data={data} />
      <GatewaysRail data={data} />
      <WayBack data={data} />
    </>
  );
  return (
    <ClientMessages rooms={["rollout", "errors"]}>
      <Page actFirst railLabel={t("rail")} rail={rail}>
        <RolloutHead data={data} />
        <StageLine data={data} />
        <DriftNote data={data} />
        <Gates data={data} />
        <BothWays data={data} />
        <History entries={data.history} />
        <FollowAlong path="/api/rollout/stamp" stamp={data.stamp} />
      </Page>
    </ClientMessages>
  );
}
