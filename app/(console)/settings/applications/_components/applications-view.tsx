import "#components/applications/applications.css";
import { KeyRound, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAnswer } from "#components/applications/application-answer.ts";
import { ApplicationFacts, NextSteps, NotTheseKeys } from "#components/applications/application-rail.tsx";
import { ApplicationsTable } from "#components/applications/applications-table.tsx";
import { KeyShownOnce } from "#components/applications/key-shown-once.tsx";
import { LiveKeys } from "#components/applications/live-keys.tsx";
import { NewApplication } from "#components/applications/make-keys.tsx";
import { NewKeyProvider } from "#components/applications/new-key.tsx";
import { RotationLine } from "#components/applications/rotation-line.tsx";
import type { ApplicationActs } from "#components/applications/types.ts";
import { WaitForCall } from "#components/applications/wait-for-call.tsx";
import { Page } from "#components/layout/page.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { State } from "#components/ui/state.tsx";
import type { ApplicationsData } from "#lib/applications/loaders.ts";
import { openSettingsTabs } from "../../permissions.ts";
import * as actions from "../actions.ts";

const ACTS: ApplicationActs = {
  create: actions.newApplicationAction,
  makeKey: actions.nextKeyAction,
  confirmStored: actions.confirmStoredAction,
  moveEnd: actions.moveEndAction,
  endKey: actions.endKeyAction,
  revokeKey: actions.revokeKeyAction,
  change: actions.changeApplicationAction,
  disable: actions.disableApplicationAction,
  enable: actions.enableApplicationAction,
};

/** Who may call the gateway and with which keys: all of them, and one looked at closely. */
export function ApplicationsView({ data }: { data: ApplicationsData }) {
  const t = useTranslations("applications");
  const { applications, selected, mayChange, now, role } = data;
  const acts = mayChange ? ACTS : null;
  const open =
    acts === null ? (
      <LockedButton id="new-locked" icon={Lock} reason={t("locked")}>
        {t("new.open")}
      </LockedButton>
    ) : (
      <NewApplication create={acts.create} />
    );
  const rail = (
    <>
      <NextSteps application={selected} />
      {selected === null ? null : <ApplicationFacts key={selected.id} application={selected} acts={acts} />}
      <NotTheseKeys />
    </>
  );
  return (
    <ClientMessages rooms={["applications", "errors"]}>
      <NewKeyProvider>
        <Page railLabel={t("rail.label")} rail={rail}>
          <PageHead {...useAnswer(selected)} acts={open} />
          <SettingsTabs open={openSettingsTabs(role)} current="applications" />
          {selected === null ? (
            <State icon={KeyRound} title={t("empty.title")}>
              {t("empty.text")}
            </State>
          ) : (
            <>
              <ApplicationsTable applications={applications} selectedId={selected.id} now={now} />
              <Selected key={selected.id} application={selected} acts={acts} />
            </>
          )}
        </Page>
      </NewKeyProvider>
    </ClientMessages>
  );
}

function Selected({
  application,
  acts,
}: {
  application: NonNullable<ApplicationsData["selected"]>;
  acts: ApplicationActs | null;
}) {
  const { id, keys, rotation } = application;
  const used = keys.filter(({ firstUsedAt }) => firstUsedAt !== null).length;
  return (
    <>
      {rotation === null ? null : <RotationLine application={application} rotation={rotation} acts={acts} />}
      {acts === null ? null : <KeyShownOnce applicationId={id} confirmStored={acts.confirmStored} />}
      <LiveKeys application={application} acts={acts} />
      {used < keys.length ? <WaitForCall applicationId={id} used={used} /> : null}
    </>
  );
}
