import { Page } from "#components/layout/page.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { requireViewer } from "#lib/auth/viewer.ts";

export default async function OverviewPage() {
  const viewer = await requireViewer("overview.read");
  return (
    <Page>
      <PageHead answer={viewer.name} />
    </Page>
  );
}
