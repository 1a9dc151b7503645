import { Hourglass, Lock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { LockedButton } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import { MOST_LIVE_KEYS } from "#lib/applications/rules.ts";
import type { ApplicationKey, Rotation } from "#lib/applications/types.ts";
import { EndKey, RevokeKey } from "./end-keys.tsx";
import { NextKey } from "./make-keys.tsx";
import type { OfApplication, OfKey } from "./types.ts";

const COLUMNS = [
  { name: "key" },
  { name: "made" },
  { name: "lastUsed" },
  { name: "calls", className: "num" },
  { name: "share", className: "share" },
  { name: "state" },
] as const satisfies readonly { name: string; className?: string }[];

/** The live keys of an application with what they are used for, and the acts that end them. */
export function LiveKeys({ application, acts }: OfApplication) {
  const t = useTranslations("applications.live");
  const { keys, rotation } = application;
  return (
    <Section title={t("title")} about={t("about")} end={<MakeNext application={application} acts={acts} />}>
      {keys.length === 0 ? (
        <p className="m2">{t("none")}</p>
      ) : (
        <KeyTable application={application} acts={acts} />
      )}
      {rotation === null || acts === null ? null : (
        <p id="end-why" className="small m foot">
          {t(rotation.mayEnd ? "endReady" : "endNote")} {rotation.mayEnd ? t("endAtOnce") : null}{" "}
          <RevokeKey application={application} of={rotation.old} revokeKey={acts.revokeKey} />{" "}
          {t(rotation.successor.firstUsedAt === null ? "afterRevokeUnused" : "afterRevoke", {
            name: application.name,
          })}
        </p>
      )}
    </Section>
  );
}

function MakeNext({ application, acts }: OfApplication) {
  const t = useTranslations("applications.nextKey");
  if (acts === null) return null;
  if (application.keys.length < MOST_LIVE_KEYS)
    return <NextKey application={application} makeKey={acts.makeKey} />;
  return (
    <LockedButton id="next-key-locked" small icon={Lock} reason={t("locked")}>
      {t("open")}
    </LockedButton>
  );
}

function KeyTable({ application, acts }: OfApplication) {
  const t = useTranslations("applications.live");
  return (
    <table className="tbl free stack" aria-label={t("title")}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th
              key={column.name}
              scope="col"
              className={"className" in column ? column.className : undefined}
            >
              {t(`columns.${column.name}`)}
            </th>
          ))}
          <th scope="col">
            <span className="vh">{t("columns.acts")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {application.keys.map((key) => (
          <KeyRow key={key.id} application={application} of={key} acts={acts} />
        ))}
      </tbody>
    </table>
  );
}

function KeyRow({ application, of, acts }: OfKey) {
  const t = useTranslations("applications.live");
  const format = useFormatter();
  const { keys, rotation } = application;
  const all = keys.reduce((sum, { callsLastHour }) => sum + callsLastHour, 0);
  const share = all === 0 ? 0 : of.callsLastHour / all;
  return (
    <tr>
      <td className="nw">
        <span className="mono">•••• {of.ending}</span> <Place of={of} rotation={rotation} />
      </td>
      <td className="m2 nw hide-s">
        <Time at={of.createdAt} />
      </td>
      <td className="m2 nw end-s">
        <span className="ph m">{t("columns.lastUsed")} </span>
        {of.lastUsedAt ? <Time at={of.lastUsedAt} /> : <Never />}
      </td>
      <td className="num hide-s">{format.number(of.callsLastHour)}</td>
      <td className="share full">
        <span className="bar a" style={{ width: `max(2px, ${share * 100}%)` }} />
        <small className="ph m">{t("callsInHour", { calls: of.callsLastHour })}</small>
      </td>
      <td className="nw">
        <KeyStatus of={of} isDisabled={application.disabledAt !== null} />
      </td>
      <td className="r nw">
        <KeyAct application={application} of={of} acts={acts} />
      </td>
    </tr>
  );
}

const Never = () => useTranslations("applications")("never");

function Place({ of, rotation }: { of: ApplicationKey; rotation: Rotation | null }) {
  const t = useTranslations("applications.live");
  if (rotation?.successor.id === of.id) return <b className="b">{t("new")}</b>;
  return rotation?.old.id === of.id ? t("old") : null;
}

function KeyStatus({ of, isDisabled }: { of: ApplicationKey; isDisabled: boolean }) {
  const t = useTranslations("applications.live.state");
  const format = useFormatter();
  const day = of.endsAt === null ? "" : format.dateTime(of.endsAt, "dayAndMonth");
  if (isDisabled) return <Status kind="none">{t("disabled")}</Status>;
  if (of.state === "waiting")
    return (
      <Status kind="wait" icon={Hourglass}>
        {t("waiting")}
      </Status>
    );
  if (of.state === "kept") return <Status kind="due">{t("kept", { day })}</Status>;
  return (
    <Status kind="ok" quiet>
      {of.state === "ending" ? t("ending", { day }) : t("live")}
    </Status>
  );
}

/** The old key of a rotation is ended, once nobody calls with it; every other one can only be revoked. */
function KeyAct({ application, of, acts }: OfKey) {
  const t = useTranslations("applications.end");
  const format = useFormatter();
  const { rotation, name } = application;
  if (acts === null) return null;
  if (rotation?.old.id !== of.id)
    return <RevokeKey application={application} of={of} revokeKey={acts.revokeKey} />;
  if (rotation.mayEnd) return <EndKey name={name} rotation={rotation} endKey={acts.endKey} />;
  const isUsed = rotation.successor.firstUsedAt !== null && of.lastUsedAt !== null;
  const when = of.lastUsedAt === null ? "" : format.dateTime(of.lastUsedAt, "minute");
  return (
    <LockedButton
      id="end-locked"
      small
      icon={Lock}
      reason={isUsed ? t("locked", { when }) : t("lockedUnused")}
    >
      {t("open")}
    </LockedButton>
  );
}
