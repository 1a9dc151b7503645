import "#components/settings/rules.css";
import { useFormatter, useTranslations } from "next-intl";
import { getFormatter, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { PolicyBoard } from "#components/policies/policy-board.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { PoliciesData } from "#lib/policies/loaders.ts";
import { openSettingsTabs } from "../../permissions.ts";
import { changePolicyAction, replayPolicyAction } from "../actions.ts";
import { WhenDown } from "./when-down.tsx";

/** The rules in force as the answer, then each with what it did; changing them is the client's part. */
export function PoliciesView({ data }: { data: PoliciesData }) {
  const { policy, versions, run, figures, mayChange } = data;
  return (
    <ClientMessages rooms={["policies", "errors"]}>
      <PolicyBoard
        head={<Head data={data} />}
        whenDown={<WhenDown />}
        policy={policy}
        versions={versions}
        run={run}
        figures={figures}
        mayChange={mayChange}
        replay={replayPolicyAction}
        change={changePolicyAction}
      />
    </ClientMessages>
  );
}

function Head({ data: { role, policy, versions, figures } }: { data: PoliciesData }) {
  const t = useTranslations("policies");
  const format = useFormatter();
  const { attemptsBeforeFallback: tries, apiTimeoutMs, afterLastAttempt: last } = policy.values;
  const since = versions[0]?.changedAt;
  const inForce =
    since === undefined
      ? ""
      : t("lead.inForce", { version: policy.version, time: format.dateTime(since, "minute") });
  return (
    <>
      <PageHead
        answer={t("answer", { tries, seconds: apiTimeoutMs / 1000, last })}
        lead={
          <>
            {inForce}{" "}
            <Suspense fallback={t("lead.counting")}>
              <DaySeen figures={figures} />
            </Suspense>
          </>
        }
      />
      <SettingsTabs open={openSettingsTabs(role)} current="policies" />
    </>
  );
}

/** How much of the day the figures are of. */
async function DaySeen({ figures }: Pick<PoliciesData, "figures">) {
  const [t, format] = [await getTranslations("policies"), await getFormatter()];
  const seen = (await figures)?.seen;
  if (seen === undefined) return t("lead.tooLong");
  const { offered, tries, from, isWhole } = seen;
  return t(isWhole ? "lead.whole" : "lead.part", { offered, tries, time: format.dateTime(from, "minute") });
}
