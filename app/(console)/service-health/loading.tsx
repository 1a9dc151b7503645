import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

const ROWS = 14;

/** The room at its final heights while it loads. */
export default function ServiceHealthLoading() {
  const t = useTranslations("common");
  const rooms = useTranslations("shell.rooms");
  return (
    <Page>
      <h1 className="vh">{rooms("serviceHealth")}</h1>
      <SkeletonRows rows={ROWS} label={t("loading")} />
    </Page>
  );
}
