import "#components/verifications/verifications.css";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

const ROWS = 16;

/** The list at its final heights while it loads. */
export default function VerificationsLoading() {
  const t = useTranslations("common");
  const rooms = useTranslations("shell.rooms");
  return (
    <Page>
      <h1 className="vh">{rooms("verifications")}</h1>
      <div className="sk-late list-loading" aria-hidden="true">
        <span className="sk list-answer" />
        <span className="sk list-lead" />
      </div>
      <div className="explore">
        <div className="facets" />
        <div>
          <div className="time-line list-bars sk-late" aria-hidden="true">
            <span className="sk" />
          </div>
          <SkeletonRows rows={ROWS} label={t("loading")} />
        </div>
      </div>
    </Page>
  );
}
