// Stands on the page of a request, rendered on the server: its loader asks findDocuments(db, requestId) of
// lib/letters/queries.ts and hands both on: <Documents requestId={requestId} documents={documents} isMaking={isMaking} />.
import { FileText, LoaderCircle } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import type { DocumentName, LetterKind } from "#lib/letters/types.ts";

type DocumentsProps = {
  requestId: string;
  /** Those that can be had now. */
  documents: readonly DocumentName[];
  /** The receipt is made and waits for its proof. */
  isMaking: boolean;
};

const LANGUAGES = [
  { locale: "en", name: "English" },
  { locale: "pt-BR", name: "Português" },
] as const;

/** The documents of a request that can be taken out: as PDF in both languages, the reader's own first, some as JSON too. */
export function Documents({ requestId, documents, isMaking }: DocumentsProps) {
  const t = useTranslations("letters.list");
  const kinds = useTranslations("letters.kind");
  const made = [...new Set(documents.map((name) => name.split(".")[0] as LetterKind))];
  if (made.length === 0 && !isMaking) return null;
  return (
    <Section title={t("title")} about={t("about")}>
      <ul className="todo">
        {made.map((kind) => (
          <li key={kind}>
            <Icon of={FileText} />
            <span>
              <b className="b">{kinds(kind)}</b> <Files {...{ requestId, kind, documents }} />
            </span>
            {kind === "statement" ? <small>{t("statementAbout")}</small> : null}
          </li>
        ))}
        {isMaking ? (
          <li>
            <Icon of={LoaderCircle} />
            <span role="status">{t("making")}</span>
          </li>
        ) : null}
      </ul>
    </Section>
  );
}

type FilesProps = { requestId: string; kind: LetterKind; documents: readonly DocumentName[] };

function Files({ requestId, kind, documents }: FilesProps) {
  const t = useTranslations("letters.list");
  const what = useTranslations("letters.kind")(kind);
  const own = useLocale();
  const base = `/api/requests/${requestId}/documents/${kind}`;
  const languages = own === "pt-BR" ? [...LANGUAGES].reverse() : LANGUAGES;
  const files = [
    ...languages.map(({ locale, name }) => ({
      href: `${base}.pdf?locale=${locale}`,
      format: `PDF, ${name}`,
    })),
    ...(documents.some((name) => name === `${kind}.json`) ? [{ href: `${base}.json`, format: "JSON" }] : []),
  ];
  return files.map(({ href, format }, place) => (
    <span key={href}>
      {place === 0 ? "" : " · "}
      <a href={href} download aria-label={t("download", { what, format })}>
        {format}
      </a>
    </span>
  ));
}
