import { UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";

export default function PersonNotFound() {
  const t = useTranslations("people.person.notFound");
  return (
    <Page>
      <State icon={UserX} title={t("title")} act={<ButtonLink href="/people">{t("act")}</ButtonLink>}>
        {t("text")}
      </State>
    </Page>
  );
}
