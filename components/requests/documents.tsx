"use client";

// Stands on the page of a request: <Documents requestId={request.id} documents={availableDocuments(state)} isMaking={…} />.
// `documents` and `isMaking` come from lib/letters/rules.ts; the addresses lead to its route handler.
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
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
  { locale: "en", word: "en" },
  { locale: "pt-BR", word: "ptBR" },
] as const;

/** The documents of a request that can be taken out, each as PDF in a language to choose, some as JSON too. */
export function Documents({ requestId, documents, isMaking }: DocumentsProps) {
  const t = useTranslations("letters.list");
  const own = useLocale();
  const [locale, setLocale] = useState(own === "pt-BR" ? "pt-BR" : "en");
  const kinds = useTranslations("letters.kind");
  const made = [...new Set(documents.map((name) => name.split(".")[0] as LetterKind))];
  if (made.length === 0 && !isMaking) return null;
  return (
    <Section
      title={t("title")}
      about={t("about")}
      end={
        <select
          className="in s"
          aria-label={t("language")}
          value={locale}
          onChange={({ target }) => setLocale(target.value)}
        >
          {LANGUAGES.map(({ locale: value, word }) => (
            <option key={value} value={value}>
              {t(word)}
            </option>
          ))}
        </select>
      }
    >
      <ul className="todo">
        {made.map((kind) => (
          <li key={kind}>
            <span>
              {kinds(kind)}{" "}
              {documents
                .filter((name) => name.startsWith(`${kind}.`))
                .map((name) => {
                  const format = name.endsWith("json") ? "JSON" : "PDF";
                  return (
                    <a
                      key={name}
                      href={`/requests/${requestId}/documents/${name}?locale=${locale}`}
                      aria-label={t("download", { what: kinds(kind), format })}
                    >
                      {format}
                    </a>
                  );
                })}
            </span>
            {kind === "statement" ? <small>{t("statementAbout")}</small> : null}
          </li>
        ))}
      </ul>
      <p className="m2" role="status">
        {isMaking ? t("making") : null}
      </p>
    </Section>
  );
}
