import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { EndpointSection } from "#components/legacy-login/endpoint-section.tsx";
import { ProbeRail } from "#components/legacy-login/probe-rail.tsx";
import { TrialsTable } from "#components/legacy-login/trials-table.tsx";
import { TryNow } from "#components/legacy-login/try-now.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { LegacyLoginData } from "#lib/legacy-probe/loaders.ts";
import { changeProbeAction, endProbeAction, tryLegacyLoginAction } from "../actions.ts";

/** Whether the way back works, by its trials; beside it where they go. */
export function LegacyLoginView({ data }: { data: LegacyLoginData }) {
  const t = useTranslations("legacyLogin");
  const { trials, probe, mayChange } = data;
  return (
    <ClientMessages rooms={["legacyLogin", "errors"]}>
      <Page
        railLabel={t("rail.label")}
        rail={
          <ProbeRail
            probe={probe}
            mayChange={mayChange}
            acts={{ change: changeProbeAction, end: endProbeAction }}
          />
        }
      >
        <Head data={data} />
        {probe !== null && mayChange ? <TryNow tryNow={tryLegacyLoginAction} /> : null}
        {trials.length === 0 ? null : <TrialsTable trials={trials} />}
        <EndpointSection />
      </Page>
    </ClientMessages>
  );
}

function Head({ data: { answer, proof, nextAt } }: { data: LegacyLoginData }) {
  const t = useTranslations("legacyLogin");
  const format = useFormatter();
  const { worked, failed, failedInARow, last } = proof;
  const time = (at: Date | null | undefined) => (at ? format.dateTime(at, "minute") : "");
  return (
    <PageHead
      crumb={
        <>
          <Link href="/rollout" prefetch={false}>
            {t("rollout")}
          </Link>
          <Icon of={ChevronRight} size={12} />
          <span>{t("title")}</span>
        </>
      }
      answer={t(`answer.${answer}`, { worked, all: worked + failed, failures: failedInARow })}
      lead={t(`lead.${answer}`, {
        minutes: proof.everyMinutes ?? 0,
        next: time(nextAt),
        last: time(last?.at),
      })}
    />
  );
}
