import { useFormatter, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import type { LoginStory } from "#lib/history/types.ts";
import type { Verification } from "#lib/verifications/types.ts";
import { useFacetText } from "./facet-text.ts";
import { LoginOfTry } from "./login-of-try.tsx";
import type { PolicyFact } from "./types.ts";
import { VerificationNext } from "./verification-next.tsx";

type VerificationRailProps = {
  verification: Verification;
  login: LoginStory | null;
  policy: PolicyFact;
  keptUntil: Date;
  /** The list of verifications with the same reason, in a window that holds this one. */
  similarHref: string;
};

/** What to do about it, the login it belongs to or who ran it, and the facts of the record. */
export function VerificationRail({ similarHref, login, ...record }: VerificationRailProps) {
  const { verification } = record;
  return (
    <>
      <VerificationNext verification={verification} login={login} similarHref={similarHref} />
      {login ? <LoginOfTry login={login} verification={verification} /> : null}
      {verification.source === "console" ? <RanByStaff verification={verification} /> : null}
      <Facts {...record} />
    </>
  );
}

function RanByStaff({ verification: { actor } }: { verification: Verification }) {
  const t = useTranslations("verification.check");
  return (
    <RailSection title={t("title")}>
      <p className="med">{actor === null ? t("unknown") : t("text", { name: actor })}</p>
      <p className="small m">{t("note")}</p>
    </RailSection>
  );
}

type FactsProps = Pick<VerificationRailProps, "verification" | "policy" | "keptUntil">;

function Facts({ verification: v, policy, keptUntil }: FactsProps) {
  const t = useTranslations("verification.record");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const channel = useFacetText();
  const isLogin = v.source === "gateway";
  const policyText = t("policyText", {
    version: v.policyVersion,
    known: policy === null ? "no" : "yes",
    at: policy === null ? "" : format.dateTime(policy.changedAt, "day"),
  });
  return (
    <RailSection title={t("title")}>
      <dl className="dl">
        <Fact name={t("at")}>{format.dateTime(v.at, "exact")}</Fact>
        <Fact name={t("by")}>{v.actor ?? "–"}</Fact>
        {isLogin ? <Fact name={t("channel")}>{channel("channel", v.channel)}</Fact> : null}
        {isLogin ? <Fact name={t("device")}>{terms(`deviceClass.${v.deviceClass}`)}</Fact> : null}
        {isLogin ? <Fact name={t("purpose")}>{terms(`purpose.${v.purpose}`)}</Fact> : null}
        <Fact name={t("gateway")} id={v.gateway} />
        <Fact name={t("policy")}>{policyText}</Fact>
        <Fact name={t("score")}>{t("noScore")}</Fact>
        <Fact name={t("picture")}>{t("neverKept")}</Fact>
        <Fact name={t("keptUntil")}>{format.dateTime(keptUntil, "day")}</Fact>
        {v.loginId === null ? null : <Fact name={t("login")} id={v.loginId} />}
        <Fact name={t("verification")} id={v.id} />
      </dl>
    </RailSection>
  );
}

type FactProps = { name: string } & ({ children: string; id?: never } | { id: string; children?: never });

/** A line of the record; an id stands in the letters of ids and may break. */
function Fact({ name, children, id }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={id === undefined ? undefined : "mono small breaks"}>{id ?? children}</dd>
    </>
  );
}
