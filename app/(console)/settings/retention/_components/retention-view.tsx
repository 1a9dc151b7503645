import "#components/settings/rules.css";
import { useTranslations } from "next-intl";
import { RetentionBoard } from "#components/retention/retention-board.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { RetentionData } from "#lib/retention/loaders.ts";
import { openSettingsTabs } from "../../permissions.ts";
import { changeRetentionAction } from "../actions.ts";
import { OtherData } from "./other-data.tsx";

/** How long the history is kept as the answer, then each kind of data; changing it is the client's part. */
export function RetentionView({ data }: { data: RetentionData }) {
  const { role, others, auditSince, ...board } = data;
  return (
    <ClientMessages rooms={["retention", "errors"]}>
      <RetentionBoard
        {...board}
        head={<Head data={data} />}
        others={<OtherData others={others} auditSince={auditSince} />}
        change={changeRetentionAction}
      />
    </ClientMessages>
  );
}

function Head({ data: { role, retention } }: { data: RetentionData }) {
  const t = useTranslations("retention");
  return (
    <>
      <PageHead
        answer={t("answer", { days: retention.values.historyDays })}
        lead={retention.version === 0 ? t("lead.usual") : t("lead.version", { version: retention.version })}
      />
      <SettingsTabs open={openSettingsTabs(role)} current="retention" />
    </>
  );
}
