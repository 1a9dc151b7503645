import { MapPinOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Lone } from "#components/layout/lone.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";

export default function NotFound() {
  const t = useTranslations("states.notFound");
  const signIn = useTranslations("signIn");
  return (
    <Lone foot={signIn("apart")}>
      <State whole icon={MapPinOff} title={t("title")} act={<ButtonLink href="/">{t("back")}</ButtonLink>}>
        {t("text")}
      </State>
    </Lone>
  );
}
