import "#components/fallback/fallback.css";
import { CornerDownLeft, Users } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { State } from "#components/ui/state.tsx";
import { Pager } from "#components/verifications/pager.tsx";
import { FACET_NAMES } from "#lib/fallback-page/types.ts";
import type { LoginsData } from "#lib/login-ends/loaders.ts";
import { useRangeText, useValueText } from "../../_components/use-words.ts";
import { type LoginsSearch, loginsPath } from "../search-params.ts";
import { LoginsTable } from "./logins-table.tsx";

type ViewProps = { search: LoginsSearch; data: LoginsData };

const DAY_MS = 86_400_000;

/** The logins behind a figure: how many, which, and each with its verifications. */
export function LoginsView({ search, data }: ViewProps) {
  const t = useTranslations("fallback.logins");
  const rooms = useTranslations("shell.rooms");
  const { part } = search.asked;
  return (
    <Page>
      <PageHead
        crumb={
          <Link href="/fallback" prefetch={false}>
            {rooms("fallback")}
          </Link>
        }
        answer={t(`answer.${part}`, { count: data.total })}
        lead={<Lead search={search} data={data} />}
      />
      <Rows search={search} data={data} />
    </Page>
  );
}

/** From when to when, what narrows them, and that older ones are gone where they may be. */
function Lead({ search: { asked }, data }: ViewProps) {
  const t = useTranslations("fallback.logins");
  const ends = useTranslations("fallback.legacy");
  const reasons = useTranslations("terms.pathReason");
  const format = useFormatter();
  const rangeText = useRangeText();
  const valueText = useValueText(data.applications);
  const { range, end, why, filters } = asked;
  const narrowed = [
    ...FACET_NAMES.flatMap((facet) => filters[facet].map((value) => valueText(facet, value))),
    ...(why === null ? [] : [reasons(why)]),
    ...(end === null ? [] : [ends(end)]),
  ];
  const parts = [t("lead", { range: rangeText(range) })];
  if (narrowed.length > 0) parts.push(t("narrowed", { what: format.list(narrowed) }));
  const days = data.retention.historyDays;
  if (days !== null && range.from.getTime() < data.now.getTime() - days * DAY_MS)
    parts.push(t("kept", { days }));
  return parts.join(" ");
}

function Rows({ search, data }: ViewProps) {
  const t = useTranslations("fallback.logins");
  const only = useTranslations("verifications.figuresOnly");
  const { asked, order, cursor } = search;
  const { page } = data;
  if (page === null)
    return (
      <State icon={Users} title={only("title")}>
        {only("text")}
      </State>
    );
  if (page.rows.length === 0)
    return (
      <State
        icon={CornerDownLeft}
        title={t("empty.title")}
        act={<ButtonLink href="/fallback">{t("empty.act")}</ButtonLink>}
      >
        {t("empty.text")}
      </State>
    );
  const otherOrder = order === "newest" ? "oldest" : "newest";
  return (
    <ClientMessages rooms={[]}>
      <LoginsTable
        rows={page.rows}
        order={order}
        otherOrderHref={loginsPath({ ...asked, order: otherOrder })}
        showsPeople={data.showsPeople}
      />
      <Pager
        page={page}
        order={order}
        total={data.total}
        isFirst={cursor === null}
        hrefOf={(next) => loginsPath({ ...asked, order, cursor: next })}
      />
    </ClientMessages>
  );
}
