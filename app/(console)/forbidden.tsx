import { Lock } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";
import { loadAdministratorNames } from "#lib/auth/loaders.ts";
import { findViewer } from "#lib/auth/viewer.ts";

export default async function Forbidden() {
  const t = await getTranslations("states.forbidden");
  const terms = await getTranslations("terms.role");
  const found = await findViewer();
  const names = await loadAdministratorNames();
  return (
    <Page>
      <State whole icon={Lock} title={t("title")} act={<ButtonLink href="/">{t("back")}</ButtonLink>}>
        {found.ok ? t("text", { role: terms(found.viewer.role), names: names || "none" }) : null}
      </State>
    </Page>
  );
}
