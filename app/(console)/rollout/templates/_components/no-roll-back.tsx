import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { TemplatesCrumb } from "#components/templates/templates-crumb.tsx";
import { PageHead } from "#components/ui/page-head.tsx";

/** Before anything was rolled back: when there will be something to choose. */
export function NoRollBack() {
  const t = useTranslations("templates");
  return (
    <Page>
      <PageHead crumb={<TemplatesCrumb />} answer={t("none.answer")} lead={t("none.lead")} />
    </Page>
  );
}
