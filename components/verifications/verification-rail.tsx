import { DoorOpen, LogIn } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { LoginStory } from "#lib/history/types.ts";
import type { Verification } from "#lib/verifications/types.ts";
import { lookOf } from "./reason-look.ts";

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;

type VerificationRailProps = { verification: Verification; login: LoginStory | null };

/** What to do about it, the login it belongs to, and the facts of the record. */
export function VerificationRail({ verification, login }: VerificationRailProps) {
  return (
    <>
      <Next verification={verification} />
      {login ? <Login login={login} verification={verification} /> : null}
      <Facts verification={verification} />
    </>
  );
}

function Next({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications");
  return (
    <RailSection title={t("one.doNext")}>
      <Note {...(v.outcome === "matched" ? {} : { tone: "warn" as const })}>
        <b>{t(`remedy.${v.reason}`)}</b>
      </Note>
      {v.subject?.state === "known" ? (
        <div style={{ display: "grid", paddingTop: 12 }}>
          <ButtonLink href={`/people/${v.subject.personId}`} wide>
            {t("one.openPerson")}
          </ButtonLink>
        </div>
      ) : null}
    </RailSection>
  );
}

/** The login from its opening to its end, with this try among its others. */
function Login({ login, verification }: { login: LoginStory; verification: Verification }) {
  const t = useTranslations("verifications.one");
  const terms = useTranslations("terms");
  const format = useFormatter();
  return (
    <RailSection title={t("login")}>
      <ul className="todo">
        <li>
          <Icon of={LogIn} />
          <span>{t("opened", { time: format.dateTime(login.openedAt, CLOCK), path: login.path })}</span>
          <small>{login.application ?? login.channel}</small>
        </li>
        {login.tries.map((made) => {
          const isThis = made.id === verification.id;
          const text = `${format.dateTime(made.at, CLOCK)} · ${terms(`verificationReason.${made.reason}`)}`;
          return (
            <li key={made.id} className={isThis ? "sel" : undefined}>
              <Icon of={lookOf(made.outcome, made.reason).icon} />
              {isThis ? <b className="b">{text}</b> : <Link href={`/verifications/${made.id}`}>{text}</Link>}
              <small>
                {isThis ? `${t("thisOne")} · ` : ""}
                {terms(`modality.${made.modality}`)}
                {made.apiLatencyMs === null ? "" : ` · ${format.number(made.apiLatencyMs)} ms`}
              </small>
            </li>
          );
        })}
        {login.end === null ? null : (
          <li>
            <Icon of={DoorOpen} />
            <span>
              {format.dateTime(login.end.at, CLOCK)} · {terms(`loginOutcome.${login.end.outcome}`)}
            </span>
          </li>
        )}
      </ul>
    </RailSection>
  );
}

function Facts({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications.one");
  const terms = useTranslations("terms.purpose");
  const format = useFormatter();
  return (
    <RailSection title={t("record")}>
      <dl className="dl">
        <dt>{t("at")}</dt>
        <dd>{format.dateTime(v.at, "exact")}</dd>
        <dt>{t("by")}</dt>
        <dd>{v.actor ?? "–"}</dd>
        <dt>{t("gateway")}</dt>
        <dd className="mono">{v.gateway}</dd>
        <dt>{t("purpose")}</dt>
        <dd>{terms(v.purpose)}</dd>
        <dt>{t("score")}</dt>
        <dd>{t("noScore")}</dd>
        <dt>{t("picture")}</dt>
        <dd>{t("neverKept")}</dd>
        <dt>{t("verification")}</dt>
        <dd className="mono small breaks">{v.id}</dd>
      </dl>
    </RailSection>
  );
}
