import "#components/notifications/notifications.css";
import { BellOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { NewTarget } from "#components/notifications/new-target.tsx";
import { NotificationsRail } from "#components/notifications/notifications-rail.tsx";
import { TargetSection } from "#components/notifications/target-section.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { State } from "#components/ui/state.tsx";
import type { NotificationsData } from "#lib/notifications/loaders.ts";
import { openSettingsTabs } from "../../permissions.ts";
import {
  changeTargetAction,
  createTargetAction,
  pauseTargetAction,
  removeTargetAction,
  resumeTargetAction,
  rotateSecretAction,
  testTargetAction,
} from "../actions.ts";

const ACTS = {
  change: changeTargetAction,
  pause: pauseTargetAction,
  resume: resumeTargetAction,
  remove: removeTargetAction,
  rotate: rotateSecretAction,
  test: testTargetAction,
};

/** Whether whoever should know is told as the answer, then each target with its last deliveries. */
export function NotificationsView({ data: { role, targets, smtp } }: { data: NotificationsData }) {
  const t = useTranslations("notifications");
  const failing = targets.filter(({ standing }) => standing === "failing").length;
  const newTarget = <NewTarget create={createTargetAction} canMail={smtp !== null} />;
  return (
    <ClientMessages rooms={["notifications", "errors"]}>
      <Page rail={<NotificationsRail smtp={smtp} />} railLabel={t("rail.label")}>
        <PageHead
          answer={
            failing > 0
              ? t("answer.failing", { failing, count: targets.length })
              : t("answer.well", { count: targets.length })
          }
          lead={t(targets.length === 0 ? "lead.none" : failing > 0 ? "lead.failing" : "lead.well")}
          acts={newTarget}
        />
        <SettingsTabs open={openSettingsTabs(role)} current="notifications" />
        {targets.length === 0 ? (
          <State icon={BellOff} title={t("empty.title")}>
            {t("empty.text")}
          </State>
        ) : (
          targets.map((target) => <TargetSection key={target.id} target={target} acts={ACTS} />)
        )}
      </Page>
    </ClientMessages>
  );
}
