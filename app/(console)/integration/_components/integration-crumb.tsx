import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";

/** The way back to the integration, from its pages. */
export function IntegrationCrumb({ here }: { here: string }) {
  const t = useTranslations("integrationChecks");
  return (
    <>
      <Link href="/integration" prefetch={false}>
        {t("title")}
      </Link>{" "}
      <Icon of={ChevronRight} size={12} /> {here}
    </>
  );
}
