import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Lone } from "#components/layout/lone.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Note } from "#components/ui/note.tsx";
import { findViewer } from "#lib/auth/viewer.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { InvitationSteps } from "./_components/invitation-steps.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("invitation"))("pageTitle") };
}

/** Where a link leads. Its token stands behind the #: this server never sees it before the page sends it by itself. */
export default async function InvitationPage() {
  const found = await findViewer().catch(() => null);
  const setsUpNext = consoleSettings().secondFactor === "required";
  return <InvitationView signedInAs={found?.ok ? found.viewer.name : null} setsUpNext={setsUpNext} />;
}

type InvitationViewProps = { signedInAs: string | null; setsUpNext: boolean };

function InvitationView({ signedInAs, setsUpNext }: InvitationViewProps) {
  const t = useTranslations("invitation");
  return (
    <Lone foot={t("apart")}>
      <div className="narrow">
        {signedInAs === null ? null : <Note tone="warn">{t("signedIn", { name: signedInAs })}</Note>}
        <ClientMessages rooms={["invitation", "terms"]}>
          <InvitationSteps setsUpNext={setsUpNext} />
        </ClientMessages>
      </div>
    </Lone>
  );
}
