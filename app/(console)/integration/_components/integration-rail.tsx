import { Play } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { IntegrationData } from "#lib/integration-checks/loaders.ts";
import { haltRunAction, openRunAction } from "../actions.ts";

/** What to do next, and against which API. */
export function IntegrationRail({ data }: { data: IntegrationData }) {
  const t = useTranslations("integrationChecks.rail");
  return (
    <>
      <RailSection title={t("next")}>
        {data.mayRun ? <RunActs data={data} /> : <p className="small m">{t("whoMay")}</p>}
      </RailSection>
      <RailSection title={t("against")}>
        <Against data={data} />
      </RailSection>
    </>
  );
}

function RunActs({ data: { run, api, plan, isBusy } }: { data: IntegrationData }) {
  const t = useTranslations("integrationChecks.rail");
  const writes = plan.testPeople > 0;
  if (isBusy)
    return run === null || run.endedAt !== null ? (
      <p className="small m">{t("busyElsewhere")}</p>
    ) : (
      <ActDialog
        opener={{ text: t("halt.open"), look: "danger" }}
        title={t("halt.question")}
        danger
        words={{ keep: t("halt.keep"), submit: t("halt.do"), busy: t("halt.busy") }}
        act={haltRunAction}
        about={{ runId: run.id }}
      >
        <p className="m2">{t("halt.what")}</p>
      </ActDialog>
    );
  return (
    <>
      <ActDialog
        opener={{
          text: t(run === null ? "run.open" : "run.again", { count: plan.checks }),
          look: "primary",
          icon: Play,
        }}
        title={t("run.question", { count: plan.checks })}
        words={{ keep: t("run.keep"), submit: t("run.do", { calls: plan.calls }), busy: t("run.busy") }}
        act={openRunAction}
        about={{}}
      >
        <p className="m2">{t("run.calls", { calls: plan.calls, origin: api.origin })}</p>
        <p className="m2">{writes ? t("run.people", { count: plan.testPeople }) : t("run.noWrites")}</p>
      </ActDialog>
      <p className="small m" style={{ paddingTop: 8 }}>
        {writes ? t("note", { count: plan.testPeople }) : t("run.noWrites")}
      </p>
    </>
  );
}

function Against({ data }: { data: IntegrationData }) {
  const t = useTranslations("integrationChecks");
  const format = useFormatter();
  const { api, run, askedBy, changed, people } = data;
  return (
    <dl className="dl">
      <dt>{t("rail.api")}</dt>
      <dd className="mono breaks">{new URL(api.origin).host}</dd>
      <dt>{t("rail.kind")}</dt>
      <dd>{t(`kind.${api.kind}`)}</dd>
      <dt>{t("rail.key")}</dt>
      <dd>•••• {api.keyEnd}</dd>
      {run === null ? null : (
        <>
          <dt>{t("rail.lastRun")}</dt>
          <dd>
            {format.dateTime(run.startedAt ?? run.askedAt, "minute")} ·{" "}
            {run.askedBy === null ? t("rail.byScript") : (askedBy ?? t("rail.byFormer"))}
          </dd>
          <dt>{t("rail.before")}</dt>
          <dd>
            {changed === null
              ? t("rail.noneBefore")
              : t("rail.changed", {
                  count: changed.length,
                  first: changed[0] ? t(`check.${changed[0]}`) : "",
                })}
          </dd>
          <dt>{t("rail.left")}</dt>
          <dd>
            <Status kind={people.left === 0 ? "ok" : "wait"}>{t("rail.leftOf", people)}</Status>
          </dd>
        </>
      )}
    </dl>
  );
}
