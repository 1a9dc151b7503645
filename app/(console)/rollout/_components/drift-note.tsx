import { useFormatter, useTranslations } from "next-intl";
import { DriftDialog } from "#components/rollout/drift-dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Drift } from "#lib/rollout/examine-drift.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import type { Difference } from "#lib/unleash/types.ts";
import { adoptAction, revertAction } from "../actions.ts";
import { useStageNames } from "./use-stage-names.ts";

/** Where Unleash is not as asked, with both sides and the two ways out; or that it cannot be read, and what that means. */
export function DriftNote({ data }: { data: RolloutPageData }) {
  const { sighting, drift, underWay } = data;
  if (sighting?.trouble) return <Unread data={data} trouble={sighting.trouble} />;
  return drift === null || underWay !== null ? null : <BothSides data={data} drift={drift} />;
}

const TROUBLES = [
  "token_refused",
  "not_found",
  "server_failed",
  "timed_out",
  "unreachable",
  "answer_unreadable",
] as const;

function Unread({ data: { sighting, now }, trouble: code }: { data: RolloutPageData; trouble: string }) {
  const t = useTranslations("rollout.drift");
  const format = useFormatter();
  const trouble = t(`reading.${TROUBLES.find((known) => known === code) ?? "other"}`);
  const ago = format.relativeTime(sighting?.seenAt ?? now, now);
  return <Note tone="warn">{t("unread", { ago, trouble })}</Note>;
}

function BothSides({ data, drift }: { data: RolloutPageData; drift: Drift }) {
  const t = useTranslations("rollout.drift");
  const format = useFormatter();
  const { sighting, now } = data;
  const since = format.relativeTime(sighting?.differsSince ?? now, now);
  const isAlarm = drift.differences.some(({ widens }) => widens);
  return (
    <Section title={t("title")} about={t("since", { at: since })} end={<Edition data={data} />}>
      <Note tone={isAlarm ? "bad" : "warn"}>{t(isAlarm ? "alarm" : "text")}</Note>
      <table className="tbl stack drift-table">
        <thead>
          <tr>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("live")}</th>
            <th scope="col">{t("wanted")}</th>
          </tr>
        </thead>
        <tbody>
          {drift.differences.map((difference) => (
            <DifferenceRow key={`${difference.code} ${difference.live}`} difference={difference} />
          ))}
        </tbody>
      </table>
      {data.may.change ? <WaysOut data={data} drift={drift} /> : null}
    </Section>
  );
}

function DifferenceRow({ difference: { code, live, wanted, widens } }: { difference: Difference }) {
  const t = useTranslations("rollout.drift");
  const absent = <span className="m">{t("absent")}</span>;
  return (
    <tr>
      <th scope="row">
        {t(`code.${code}`)} {widens ? <Status kind="over">{t("alarmMark")}</Status> : null}
      </th>
      <td>{live || absent}</td>
      <td>{wanted || absent}</td>
    </tr>
  );
}

function WaysOut({ data, drift }: { data: RolloutPageData; drift: Drift }) {
  const t = useTranslations("rollout.drift");
  const names = useStageNames();
  const about = { version: data.standing.intent.version, digest: drift.digest };
  const { adopts } = drift;
  const to = adopts === null ? "" : adopts.halted ? t("halted") : names.name(adopts.exposurePercent);
  return (
    <div className="drift-acts">
      <DriftDialog
        kind="revert"
        to={names.name(data.standing.intent.exposurePercent)}
        about={about}
        act={revertAction}
      />
      {adopts !== null && data.may.advancePastHalf ? (
        <DriftDialog kind="adopt" to={to} about={about} act={adoptAction} />
      ) : null}
      {adopts === null ? <p className="small m">{t("cannotAdopt")}</p> : null}
    </div>
  );
}

function Edition({ data: { sighting } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.drift");
  if (!sighting?.serverVersion) return null;
  return (
    <span className="m">
      {t("edition", { version: sighting.serverVersion, edition: sighting.edition ?? "" })}
    </span>
  );
}
