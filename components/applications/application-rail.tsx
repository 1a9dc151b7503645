import { CircleCheck, CircleDashed, KeyRound, type LucideIcon, Power, Server } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Application, ApplicationKey } from "#lib/applications/types.ts";
import { ChangeApplication, DisableApplication, EnableApplication } from "./application-acts.tsx";
import { StoreStep } from "./store-step.tsx";
import type { OfApplication } from "./types.ts";

type StepProps = { icon: LucideIcon; first?: boolean; why: ReactNode; children: ReactNode };

function Step({ icon, first, why, children }: StepProps) {
  return (
    <li>
      <Icon of={icon} />
      <span>{first ? <b className="b">{children}</b> : children}</span>
      <small>{why}</small>
    </li>
  );
}

/** What is due for the application, the next thing first. */
export function NextSteps({ application }: { application: Application | null }) {
  const t = useTranslations("applications.rail");
  return (
    <RailSection title={t("next")}>
      <ul className="todo">
        {application === null ? (
          <Step icon={KeyRound} first why={t("firstWhy")}>
            {t("first")}
          </Step>
        ) : (
          <StepsOf application={application} />
        )}
      </ul>
    </RailSection>
  );
}

function StepsOf({ application }: { application: Application }) {
  const t = useTranslations("applications.rail");
  const { standing, name, keys } = application;
  const [key] = keys;
  switch (standing) {
    case "disabled":
      return (
        <Step icon={Power} first why={t("enableWhy")}>
          {t("enable", { name })}
        </Step>
      );
    case "no_key":
      return (
        <Step icon={KeyRound} first why={t("makeKeyWhy")}>
          {t("makeKey")}
        </Step>
      );
    case "waiting":
      return key === undefined ? null : <StartSteps name={name} of={key} />;
    case "kept":
    case "rotating":
      return <RotationSteps application={application} />;
    case "live":
      return (
        <Step icon={CircleCheck} why={t("nothingWhy")}>
          {t("nothing")}
        </Step>
      );
  }
}

/** A key nobody called with yet: store it, then start the application with it. */
function StartSteps({ name, of }: { name: string; of: ApplicationKey }) {
  const t = useTranslations("applications.rail");
  return (
    <>
      {of.storedAt === null ? <StoreStep keyId={of.id} /> : null}
      <Step icon={Server} first={of.storedAt !== null} why={t("startWhy")}>
        {t("start", { name })}
      </Step>
    </>
  );
}

function RotationSteps({ application: { name, rotation } }: { application: Application }) {
  const t = useTranslations("applications.rail");
  const format = useFormatter();
  if (rotation === null) return null;
  const { step, successor, endsAt, old } = rotation;
  const day = format.dateTime(endsAt, "weekday");
  if (step === "end")
    return (
      <Step icon={CircleDashed} first why={t("endNowWhy")}>
        {t("endNow", { day })}
      </Step>
    );
  return (
    <>
      {step === "move" ? (
        <Step icon={Server} first why={t("moveWhy")}>
          {t("move", { name })}
        </Step>
      ) : (
        <StartSteps name={name} of={successor} />
      )}
      {old.state === "kept" ? null : (
        <Step icon={CircleDashed} why={t(step === "move" ? "endsInUseWhy" : "endsItselfWhy", { day })}>
          {t("endsItself")}
        </Step>
      )}
    </>
  );
}

/** What the application is, and the acts that change it. */
export function ApplicationFacts({ application, acts }: OfApplication) {
  const t = useTranslations("applications");
  const format = useFormatter();
  const { name, channels, createdAt, mostPerSecond, disabledAt } = application;
  return (
    <RailSection title={name}>
      <dl className="dl">
        <dt>{t("rail.channels")}</dt>
        <dd className="breaks">{channels.join(", ") || t("noChannels")}</dd>
        <dt>{t("rail.made")}</dt>
        <dd>{format.dateTime(createdAt, "day")}</dd>
        <dt title={t("rail.mostWhy")}>{t("rail.most")}</dt>
        <dd>{mostPerSecond === null ? "–" : format.number(mostPerSecond)}</dd>
      </dl>
      {acts === null ? null : (
        <p className="acts foot">
          <ChangeApplication application={application} change={acts.change} />
          {disabledAt === null ? (
            <DisableApplication application={application} disable={acts.disable} />
          ) : (
            <EnableApplication application={application} enable={acts.enable} />
          )}
        </p>
      )}
    </RailSection>
  );
}

/** Where the other key is, so that nobody looks for it here. */
export function NotTheseKeys() {
  const t = useTranslations("applications.rail");
  return (
    <RailSection title={t("notThese")}>
      <p className="m2">{t("notTheseText")}</p>
    </RailSection>
  );
}
