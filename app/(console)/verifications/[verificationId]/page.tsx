import "#components/verifications/verifications.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { FingersCompared } from "#components/verifications/fingers-compared.tsx";
import { VerificationHead } from "#components/verifications/verification-head.tsx";
import { VerificationRail } from "#components/verifications/verification-rail.tsx";
import { VerificationSteps } from "#components/verifications/verification-steps.tsx";
import { loadVerification } from "#lib/verifications/loaders.ts";
import { WhatTheySaw } from "./_components/what-they-saw.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verifications.one"))("title") };
}

type PageProps = { params: Promise<{ verificationId: string }> };

export default async function VerificationPage({ params }: PageProps) {
  const data = await loadVerification((await params).verificationId);
  if (data === null) notFound();
  const { verification } = data;
  const t = await getTranslations("verifications.one");
  return (
    <Page actFirst railLabel={t("doNext")} rail={<VerificationRail {...data} />}>
      <VerificationHead verification={verification} />
      <VerificationSteps verification={verification} />
      {verification.fingersSent.length > 0 ? <FingersCompared verification={verification} /> : null}
      {verification.source === "gateway" ? <WhatTheySaw code={verification.feedbackCode} /> : null}
    </Page>
  );
}
