import Link from "next/link";
import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { KnownPerson } from "#lib/inbox/types.ts";
import { useRequestTerms } from "./terms.ts";

/** What is known of a person before a request of theirs is opened. */
export function KnownNote({ known }: { known: KnownPerson | null }) {
  const t = useTranslations("requests.known");
  const terms = useRequestTerms();
  if (known === null) return <div role="status" />;
  return (
    <div role="status">
      <Note tone={known.isOnHold || known.open.length > 0 ? "warn" : "go"}>
        {known.personId === null ? (
          t("nobody")
        ) : (
          <>
            {t("enrolled")}{" "}
            <Link href={`/people/${known.personId}`} prefetch={false}>
              {t("person")}
            </Link>
          </>
        )}
        {known.isOnHold ? <p>{t("onHold")}</p> : null}
        {known.open.map(({ id, protocol, right }) => (
          <p key={id}>
            {t("open", { right: terms.right(right) })}{" "}
            <Link href={`/requests/${id}`} prefetch={false}>
              {protocol}
            </Link>
          </p>
        ))}
      </Note>
    </div>
  );
}
