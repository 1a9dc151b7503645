import { Filter, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { CopyFacts } from "#components/ui/copy-facts.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { apiRemedyOf } from "#lib/history/rules.ts";
import type { LoginStory } from "#lib/history/types.ts";
import type { Verification } from "#lib/verifications/types.ts";

type VerificationNextProps = { verification: Verification; login: LoginStory | null; similarHref: string };

/** The one thing to do about a verification: nothing, what to tell the person, or what to change. */
export function VerificationNext({ verification: v, login, similarHref }: VerificationNextProps) {
  const t = useTranslations("verification.next");
  const facts = factsOf(v);
  return (
    <RailSection title={t("title")}>
      <Advice verification={v} login={login} />
      <div className="next-of-try">
        {v.subject?.state === "known" ? (
          <ButtonLink href={`/people/${v.subject.personId}`} wide>
            <Icon of={UserRound} size={14} /> {t("openPerson")}
          </ButtonLink>
        ) : null}
        <div className="acts">
          <ButtonLink href={similarHref}>
            <Icon of={Filter} size={14} /> {t("similar")}
          </ButtonLink>
          <ClientMessages rooms={[]}>
            <CopyFacts
              text={facts}
              words={{ copy: t("copy"), copied: t("copied"), failed: t("failedCopy") }}
            />
          </ClientMessages>
        </div>
      </div>
    </RailSection>
  );
}

function Advice({ verification: v, login }: { verification: Verification; login: LoginStory | null }) {
  const t = useTranslations("verification");
  const remedies = useTranslations("verifications.remedy");
  const remedy = remedies(v.reason);
  const apiRemedy = apiRemedyOf(v);
  if (v.outcome === "matched") {
    return <Told title={t("next.nothing")}>{login === null ? t("next.checkNothing") : null}</Told>;
  }
  if (apiRemedy !== null) {
    return (
      <Told title={t(`remedy.${apiRemedy}`)} tone="warn">
        {login === null
          ? null
          : login.end?.outcome === "fell_back"
            ? t("next.gotInPassword")
            : t("next.tellPassword")}
      </Told>
    );
  }
  if (login?.end?.outcome === "completed_biometric") {
    return <Told title={t("next.nothing")}>{`${t("next.gotIn")} ${remedy}`}</Told>;
  }
  return (
    <Told title={remedy} tone="warn">
      {login?.end?.outcome === "fell_back" ? t("next.gotInPassword") : null}
    </Told>
  );
}

function Told({ title, tone, children }: { title: string; tone?: "warn"; children: ReactNode }) {
  return (
    <Note {...(tone ? { tone } : {})}>
      <b>{title}</b> {children === null ? null : <span className="m2">{children}</span>}
    </Note>
  );
}

/** What support or a developer needs to look into it: ids, times and codes, and nobody's identifier. */
function factsOf(v: Verification): string {
  const lines: Record<string, string | number | null> = {
    verification: v.id,
    login: v.loginId,
    at: v.at.toISOString(),
    gateway: v.gateway,
    outcome: v.outcome,
    reason: v.reason,
    decision: v.decision,
    modality: v.modality,
    operation: v.apiOperation,
    status: v.apiStatus,
    message: v.apiMessage,
    tries: v.apiTries,
    apiLatencyMs: v.apiLatencyMs,
    policyVersion: v.policyVersion,
  };
  return Object.entries(lines)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
