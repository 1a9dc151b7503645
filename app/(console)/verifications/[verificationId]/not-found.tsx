import { FileQuestionMark } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";

export default function VerificationNotFound() {
  const t = useTranslations("verifications.one.notFound");
  return (
    <Page>
      <State
        icon={FileQuestionMark}
        title={t("title")}
        act={<ButtonLink href="/verifications">{t("act")}</ButtonLink>}
      >
        {t("text")}
      </State>
    </Page>
  );
}
