import "#components/audit/audit.css";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CheckpointsTable } from "#components/audit/checkpoints-table.tsx";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { CheckpointsData } from "#lib/audit-log/loaders.ts";

type ViewProps = { data: CheckpointsData; isContinued: boolean };

/** Every signed checkpoint, the newest first. */
export function CheckpointsView({ data: { rows, total, hasOlder }, isContinued }: ViewProps) {
  const t = useTranslations("audit.checkpoints");
  const table = useTranslations("common.table");
  const last = rows.at(-1);
  const crumb = (
    <>
      <Link href="/audit" prefetch={false}>
        {t("back")}
      </Link>{" "}
      <Icon of={ChevronRight} size={12} /> <span>{t("title")}</span>
    </>
  );
  return (
    <Page>
      <PageHead crumb={crumb} answer={t("answer", { count: total })} lead={t("lead")} />
      <div className="all-checkpoints">
        {rows.length === 0 ? <p className="m2">{t("none")}</p> : <CheckpointsTable rows={rows} />}
      </div>
      <div className="pager">
        <span className="end">
          {isContinued ? (
            <ButtonLink small href="/audit/checkpoints">
              {table("newer")}
            </ButtonLink>
          ) : null}
          {hasOlder && last ? (
            <ButtonLink small href={`/audit/checkpoints?before=${last.treeSize}`}>
              {table("older")}
            </ButtonLink>
          ) : null}
        </span>
      </div>
    </Page>
  );
}
