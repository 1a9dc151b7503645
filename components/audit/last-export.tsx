import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import type { DoneExport } from "#lib/audit-log/types.ts";
import { shortHash } from "./short.ts";

/** What was taken out of the log last, and where the log tells of it. */
export function LastExport({ last, href }: { last: DoneExport | null; href: string | null }) {
  const t = useTranslations("audit.last");
  const kinds = useTranslations("audit.code.what");
  const someone = useTranslations("audit")("someone");
  const format = useFormatter();
  return (
    <RailSection title={t("title")}>
      {last === null ? (
        <p className="m">{t("none")}</p>
      ) : (
        <p className="m2">
          {t.rich("text", {
            day: format.dateTime(last.at, "minute"),
            who: last.by ?? someone,
            what: kinds(last.what),
            count: last.entries,
            hash: () => (
              <span className="mono" title={last.sha256}>
                {shortHash(last.sha256)}
              </span>
            ),
          })}
          .{" "}
          {href === null ? null : (
            <Link href={href} scroll={false} prefetch={false}>
              {t("entry")}
            </Link>
          )}
        </p>
      )}
    </RailSection>
  );
}
