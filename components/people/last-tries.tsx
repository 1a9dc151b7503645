import { Check, CircleDashed, X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { lookOf } from "#components/verifications/reason-look.ts";
import { wasLetIn } from "#lib/history/rules.ts";
import type { LoginStory, Try } from "#lib/history/types.ts";

const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;

/** The last login's tries in plain words, each with what to tell the person; the newest first. */
export function LastTries({ login }: { login: LoginStory | null }) {
  const t = useTranslations("people.person.tries");
  const format = useFormatter();
  const devices = useTranslations("terms.deviceClass");
  if (login === null)
    return (
      <Section title={t("title")}>
        <p className="m2">
          {t("none")}. <span className="m">{t("noneText")}</span>
        </p>
      </Section>
    );
  const { application, deviceClass, deviceOs, tries } = login;
  const about = t("about", {
    when: format.dateTime(login.openedAt, "minute"),
    application: application === null ? "none" : "named",
    applicationName: application ?? "",
    device: deviceClass === "other" && deviceOs === null ? "none" : "named",
    deviceName: deviceOs ?? devices(deviceClass),
  });
  const last = tries.at(-1);
  const end = last ? <Link href={`/verifications/${last.id}`}>{t("step")}</Link> : undefined;
  return (
    <Section title={t("title")} about={about} {...(end ? { end } : {})}>
      <table className="tbl stack free tries">
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("result")}</th>
            <th scope="col">{t("happened")}</th>
            <th scope="col">{t("tell")}</th>
            <th scope="col" className="num">
              {t("latency")}
            </th>
          </tr>
        </thead>
        <tbody>
          <EndRow login={login} />
          {tries.toReversed().map((one) => (
            <TryRow key={one.id} made={one} />
          ))}
        </tbody>
      </table>
      {tries.length === 0 ? <p className="small m">{t("noTries")}</p> : null}
    </Section>
  );
}

function EndRow({ login: { end, openedAt } }: { login: LoginStory }) {
  const t = useTranslations("people.person.tries");
  const outcomes = useTranslations("terms.loginOutcome");
  const format = useFormatter();
  // Where the last try itself let the person in, its own row says so.
  if (end?.outcome === "completed_biometric") return null;
  const letIn = wasLetIn(end?.outcome ?? null);
  const happened =
    end === null
      ? t("open")
      : letIn === true
        ? t("password")
        : end.outcome === "fell_back_failed" || end.outcome === "legacy_failed"
          ? t(end.lockedOut ? "lockedOut" : "passwordFailed")
          : outcomes(end.outcome);
  return (
    <tr>
      <td className="m nw end-s">{format.dateTime(end?.at ?? openedAt, TIME)}</td>
      <td className="nw">
        <Status
          kind={letIn === true ? "ok" : letIn === false ? "fail" : "open"}
          icon={letIn === true ? Check : letIn === false ? X : CircleDashed}
        >
          {letIn === true ? t("loggedIn") : end === null ? t("open") : t("ended")}
        </Status>
      </td>
      <td className="m2 full">{happened}</td>
      <td className="full hide-s">–</td>
      <td className="num m hide-s">–</td>
    </tr>
  );
}

function TryRow({ made }: { made: Try }) {
  const reasons = useTranslations("terms.verificationReason");
  const t = useTranslations("verifications");
  const format = useFormatter();
  const { kind, icon } = lookOf(made.outcome, made.reason);
  return (
    <tr>
      <td className="m nw end-s">{format.dateTime(made.at, TIME)}</td>
      <td className="nw">
        <Status kind={kind} icon={icon}>
          {reasons(made.reason)}
        </Status>
      </td>
      <td className="m2 full">{t(`happened.${made.reason}`)}</td>
      <td className="full">{made.outcome === "matched" ? "–" : t(`remedy.${made.reason}`)}</td>
      <td className="num m hide-s">{made.apiLatencyMs === null ? "–" : format.number(made.apiLatencyMs)}</td>
    </tr>
  );
}
