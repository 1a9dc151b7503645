"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

type Row = { key: number; name: string; note: string };
const MOST = 20;

/** Who else got the data, one company or system in a row; the form sends those that have a name. */
export function RecipientRows({
  known,
  error,
}: {
  known: readonly { name: string; note: string | null }[];
  error: boolean;
}) {
  const t = useTranslations("request.act.assess");
  const [rows, setRows] = useState<Row[]>(() =>
    known.map(({ name, note }, key) => ({ key, name, note: note ?? "" })),
  );
  const change = (key: number, more: Partial<Row>) =>
    setRows((all) => all.map((row) => (row.key === key ? { ...row, ...more } : row)));
  const named = rows.filter(({ name }) => name.trim() !== "");
  return (
    <fieldset className="choices">
      <legend>{t("recipients")}</legend>
      <input
        type="hidden"
        name="recipients"
        value={JSON.stringify(named.map(({ name, note }) => ({ name, note })))}
      />
      {rows.map(({ key, name, note }) => (
        <div className="acts" key={key}>
          <input
            className="in"
            aria-label={t("recipientName")}
            placeholder={t("recipientName")}
            value={name}
            maxLength={120}
            onChange={({ target }) => change(key, { name: target.value })}
          />
          <input
            className="in"
            aria-label={t("recipientNote")}
            placeholder={t("recipientNote")}
            value={note}
            maxLength={2000}
            onChange={({ target }) => change(key, { note: target.value })}
          />
          <Button small look="quiet" onClick={() => setRows((all) => all.filter((row) => row.key !== key))}>
            {t("recipientRemove", {
              name: name === "" ? `${rows.findIndex((row) => row.key === key) + 1}` : name,
            })}
          </Button>
        </div>
      ))}
      {rows.length < MOST ? (
        <div>
          <Button
            small
            onClick={() =>
              setRows((all) => [
                ...all,
                { key: Math.max(-1, ...all.map((row) => row.key)) + 1, name: "", note: "" },
              ])
            }
          >
            {t("recipientAdd")}
          </Button>
        </div>
      ) : null}
      <small>{error ? t("recipientTooMany") : null}</small>
    </fieldset>
  );
}
