import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";

/** The way back to the rollout, from its pages. */
export function RolloutCrumb({ here }: { here: string }) {
  const t = useTranslations("rollout");
  return (
    <>
      <Link href="/rollout" prefetch={false}>
        {t("title")}
      </Link>{" "}
      <Icon of={ChevronRight} size={12} /> {here}
    </>
  );
}
