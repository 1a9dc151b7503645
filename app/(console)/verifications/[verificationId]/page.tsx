import "#components/verifications/verifications.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Section } from "#components/ui/section.tsx";
import { FingersCompared } from "#components/verifications/fingers-compared.tsx";
import { VerificationHead } from "#components/verifications/verification-head.tsx";
import {
  VerificationLogin,
  VerificationNext,
  VerificationRecord,
} from "#components/verifications/verification-rail.tsx";
import { VerificationSteps } from "#components/verifications/verification-steps.tsx";
import { feedbackOf } from "#lib/feedback/rules.ts";
import { FEEDBACK_CODES } from "#lib/feedback/schema.ts";
import { loadVerification } from "#lib/verifications/loaders.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verifications.one"))("title") };
}

export default async function VerificationPage({ params }: { params: Promise<{ verificationId: string }> }) {
  const data = await loadVerification((await params).verificationId);
  if (data === null) notFound();
  const { verification, login } = data;
  const t = await getTranslations("verifications.one");
  return (
    <Page
      actFirst
      railLabel={t("doNext")}
      rail={
        <>
          <VerificationNext verification={verification} />
          {login ? <VerificationLogin login={login} verification={verification} /> : null}
          <VerificationRecord verification={verification} />
        </>
      }
    >
      <VerificationHead verification={verification} />
      <VerificationSteps verification={verification} />
      {verification.fingersSent.length > 0 ? <FingersCompared verification={verification} /> : null}
      {verification.source === "gateway" ? <Saw code={verification.feedbackCode} /> : null}
    </Page>
  );
}

/** The sentence the person was shown, in both languages; the one of the reader stands out. */
function Saw({ code }: { code: string }) {
  const t = useTranslations("verifications.one");
  const isPortuguese = useLocale() === "pt-BR";
  const known = FEEDBACK_CODES.find((one) => one === code);
  if (known === undefined) return null;
  return (
    <Section
      title={t("saw")}
      about={
        <>
          {t("sawAbout")} <span className="mono">{code}</span>
        </>
      }
    >
      <div className="two">
        <blockquote className={classNames("said", !isPortuguese && "on")} lang="en">
          <span>{t("english")}</span>
          {feedbackOf(known, "en").text}
        </blockquote>
        <blockquote className={classNames("said", isPortuguese && "on")} lang="pt-BR">
          <span>{t("portuguese")}</span>
          {feedbackOf(known, "pt-BR").text}
        </blockquote>
      </div>
    </Section>
  );
}
