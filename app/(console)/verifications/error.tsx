"use client";

import { useTranslations } from "next-intl";
import { PageFailed } from "#components/layout/page-failed.tsx";

type ErrorProps = { error: Error & { digest?: string }; retry(): void };

export default function VerificationsError({ error, retry }: ErrorProps) {
  const t = useTranslations("states.history");
  return (
    <div className="work">
      <main className="main" id="main">
        <PageFailed reference={error.digest} onRetry={retry} title={t("title")} text={t("text")} />
      </main>
    </div>
  );
}
