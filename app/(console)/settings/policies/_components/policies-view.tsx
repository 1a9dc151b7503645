import "#components/settings/rules.css";
import { useFormatter, useTranslations } from "next-intl";
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
  const { policy, versions, run, today, mayChange } = data;
  return (
    <ClientMessages rooms={["policies", "errors"]}>
      <PolicyBoard
        head={<Head data={data} />}
        whenDown={<WhenDown />}
        policy={policy}
        versions={versions}
        run={run}
        today={today}
        mayChange={mayChange}
        replay={replayPolicyAction}
        change={changePolicyAction}
      />
    </ClientMessages>
  );
}

function Head({ data: { role, policy, versions, seen } }: { data: PoliciesData }) {
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
            {seen === null
              ? t("lead.tooLong")
              : t(seen.isWhole ? "lead.whole" : "lead.part", {
                  offered: seen.offered,
                  tries: seen.tries,
                  time: format.dateTime(seen.from, "minute"),
                })}
          </>
        }
      />
      <SettingsTabs open={openSettingsTabs(role)} current="policies" />
    </>
  );
}
