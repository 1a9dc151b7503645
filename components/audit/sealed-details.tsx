import { useTranslations } from "next-intl";
import type { SealedText } from "#lib/audit/types.ts";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { FactList } from "./fact-list.tsx";
import { useFacts } from "./use-facts.ts";

type SealedDetailsProps = { sealed: SealedText; entry: ReadEntry; names: LogNames };

/** What an entry tells of a person, or why that cannot be read. */
export function SealedDetails({ sealed, entry, names }: SealedDetailsProps) {
  const t = useTranslations("audit.entry");
  const { factsOf } = useFacts(names);
  if (sealed.state === "none") return null;
  return (
    <>
      <h3 className="entry-part">{t("sealedDetails")}</h3>
      {sealed.state === "open" ? (
        <FactList facts={factsOf({ ...entry, details: sealed.details })} />
      ) : (
        <p className="small m entry-note">{t(sealed.state)}</p>
      )}
    </>
  );
}
