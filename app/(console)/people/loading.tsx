import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

export default function Loading() {
  const t = useTranslations("common");
  return (
    <Page>
      <SkeletonRows rows={8} label={t("loading")} />
    </Page>
  );
}
