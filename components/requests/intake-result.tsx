import { FileText } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { OpenedRight } from "#lib/inbox/types.ts";
import { DueDay, DueRule } from "./due.tsx";
import { useRequestTerms } from "./terms.ts";

/** What came of it: each protocol with its deadline and its letter, and what was open already. It stays in view. */
export function IntakeResult({ opened, crumb }: { opened: readonly OpenedRight[]; crumb: ReactNode }) {
  const t = useTranslations("requests.new");
  const terms = useRequestTerms();
  const locale = useLocale();
  const first = useRef<HTMLAnchorElement>(null);
  useEffect(() => first.current?.focus(), []);
  const count = opened.filter(({ isNew }) => isNew).length;
  return (
    <Page>
      <PageHead
        crumb={crumb}
        answer={t("done.answer", { count })}
        lead={t(count > 0 ? "done.lead" : "done.none")}
      />
      <table className="tbl free stack" aria-label={t("done.answer", { count })}>
        <tbody>
          {opened.map((one, place) => (
            <tr key={one.right}>
              <td className="nw">
                <Link
                  ref={place === 0 ? first : undefined}
                  className="b"
                  href={`/requests/${one.id}`}
                  prefetch={false}
                >
                  {one.protocol}
                </Link>
              </td>
              <td className="nw">{terms.right(one.right)}</td>
              {one.isNew ? (
                <>
                  <td className="nw">
                    <DueDay due={one.due} />
                  </td>
                  <td className="m small">
                    <DueRule due={one.due} />
                  </td>
                  <td className="nw">
                    <a
                      href={`/api/requests/${one.id}/documents/acknowledgement.pdf?locale=${locale}`}
                      download
                    >
                      <Icon of={FileText} size={14} /> {t("done.letter")}
                    </a>
                  </td>
                </>
              ) : (
                <td className="m full" colSpan={3}>
                  {t("done.already")}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="acts" style={{ marginTop: 16 }}>
        <ButtonLink href="/requests">{t("done.back")}</ButtonLink>
      </div>
    </Page>
  );
}
