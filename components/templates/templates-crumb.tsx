import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";

/** The way back to the rollout. */
export function TemplatesCrumb() {
  const t = useTranslations("templates");
  return (
    <>
      <Link href="/rollout" prefetch={false}>
        {t("rollout")}
      </Link>
      <Icon of={ChevronRight} size={12} />
      <span>{t("title")}</span>
    </>
  );
}
