import Link from "next/link";
import { useTranslations } from "next-intl";
import { DueBadge, DueDay } from "#components/requests/due.tsx";
import { useRequestTerms } from "#components/requests/terms.ts";
import { RailSection } from "#components/ui/section.tsx";
import type { DueRequests } from "#lib/inbox/types.ts";

/** The requests whose deadline comes first, and how many wait for the reader. */
export function RequestsDue({ due: { open, yours, first } }: { due: DueRequests }) {
  const t = useTranslations("overview.due");
  const terms = useRequestTerms();
  return (
    <RailSection title={t("title")} about={open === 0 ? undefined : t("open", { count: open })}>
      {open === 0 ? <p className="m">{t("none")}</p> : null}
      {first.length === 0 ? null : (
        <dl className="dl">
          {first.map(({ id, protocol, right, due }) => (
            <div key={id} style={{ display: "contents" }}>
              <dt>
                <Link href={`/requests/${id}`} prefetch={false}>
                  {protocol}
                </Link>
                <br />
                <span className="small m">{terms.right(right)}</span>
              </dt>
              <dd>
                <DueDay due={due} format="day" />
                <br />
                <DueBadge due={due} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {yours === 0 ? null : (
        <p style={{ paddingTop: 8 }}>
          <Link href="/requests?tab=you" prefetch={false}>
            {t("yours", { count: yours })}
          </Link>
        </p>
      )}
    </RailSection>
  );
}
