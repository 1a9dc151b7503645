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
import { similarPath } from "../search-params.ts";
import { WhatTheySaw } from "./_components/what-they-saw.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verification"))("title") };
}

type PageProps = { params: Promise<{ verificationId: string }> };

export default async function VerificationPage({ params }: PageProps) {
  const data = await loadVerification((await params).verificationId);
  if (data === null) notFound();
  const { verification, login, policy, enrolled, keptUntil } = data;
  const t = await getTranslations("verification.next");
  const similarHref = similarPath(verification, new Date());
  const rail = <VerificationRail {...{ verification, login, policy, keptUntil, similarHref }} />;
  return (
    <Page actFirst railLabel={t("title")} rail={rail}>
      <VerificationHead verification={verification} login={login} />
      <VerificationSteps verification={verification} policy={policy} enrolled={enrolled} />
      {verification.fingersSent.length > 0 ? (
        <FingersCompared verification={verification} enrolled={enrolled} />
      ) : null}
      {verification.source === "gateway" ? <WhatTheySaw verification={verification} /> : null}
    </Page>
  );
}
