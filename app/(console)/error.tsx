"use client";

import { PageFailed } from "#components/layout/page-failed.tsx";

type ErrorProps = { error: Error & { digest?: string }; retry(): void };

export default function ConsoleError({ error, retry }: ErrorProps) {
  return (
    <div className="work">
      <main className="main" id="main">
        <PageFailed reference={error.digest} onRetry={retry} />
      </main>
    </div>
  );
}
