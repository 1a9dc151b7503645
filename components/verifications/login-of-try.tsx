import { DoorOpen, LogIn } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { LoginStory, Try } from "#lib/history/types.ts";
import type { Verification } from "#lib/verifications/types.ts";
import { lookOf } from "./reason-look.ts";
import { useDuration } from "./use-duration.ts";

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;

type LoginOfTryProps = { login: LoginStory; verification: Verification };

/** The login from its opening to its end, with this try among its others. */
export function LoginOfTry({ login, verification }: LoginOfTryProps) {
  const t = useTranslations("verification.login");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const duration = useDuration();
  const device = login.deviceOs ?? terms(`deviceClass.${login.deviceClass}`);
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        <li>
          <Icon of={LogIn} />
          <span>{t("opened", { time: format.dateTime(login.openedAt, CLOCK), path: login.path })}</span>
          <small>{`${login.application ?? login.channel}, ${device}`}</small>
        </li>
        {login.tries.map((made) => (
          <TryLine key={made.id} made={made} isThis={made.id === verification.id} />
        ))}
        <li>
          <Icon of={DoorOpen} />
          {login.end === null ? (
            <span>{t("open")}</span>
          ) : (
            <>
              <span>
                {`${format.dateTime(login.end.at, CLOCK)} · ${terms(`loginOutcome.${login.end.outcome}`)}`}
              </span>
              <small>{t("lasted", { after: duration(login.openedAt, login.end.at) })}</small>
            </>
          )}
        </li>
      </ul>
    </RailSection>
  );
}

function TryLine({ made, isThis }: { made: Try; isThis: boolean }) {
  const t = useTranslations("verification");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const text = `${format.dateTime(made.at, CLOCK)} · ${terms(`verificationReason.${made.reason}`)}`;
  const about = [
    isThis ? t("login.thisOne") : null,
    terms(`modality.${made.modality}`),
    made.apiLatencyMs === null ? null : `${format.number(made.apiLatencyMs)}\u00a0${t("steps.ms")}`,
  ];
  return (
    <li className={isThis ? "sel" : undefined}>
      <Icon of={lookOf(made.outcome, made.reason).icon} />
      {isThis ? <b className="b">{text}</b> : <Link href={`/verifications/${made.id}`}>{text}</Link>}
      <small>{about.filter((part) => part !== null).join(" · ")}</small>
    </li>
  );
}
