"use client";

import { PageFailed } from "#components/layout/page-failed.tsx";

type ErrorProps = { error: Error & { digest?: string }; retry(): void };

export default function AppError({ error, retry }: ErrorProps) {
  return (
    <main className="main" id="main">
      <PageFailed reference={error.digest} onRetry={retry} />
    </main>
  );
}
