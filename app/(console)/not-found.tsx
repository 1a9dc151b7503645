import { MapPinOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";

export default function NotFound() {
  const t = useTranslations("states.notFound");
  return (
    <Page>
      <State whole icon={MapPinOff} title={t("title")} act={<ButtonLink href="/">{t("back")}</ButtonLink>}>
        {t("text")}
      </State>
    </Page>
  );
}
