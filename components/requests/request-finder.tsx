"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useHandedText } from "#components/people/handed-text.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ActionResult } from "#lib/errors.ts";
import type { RequestSearch } from "#lib/inbox/types.ts";
import { FoundRequests } from "./found-requests.tsx";

export type FindRequests = (input: { text: string }) => Promise<ActionResult<RequestSearch>>;

/** Finds requests, also closed ones, by protocol or by the CustomID of their person. The text never travels in a URL. */
export function RequestFinder({ find }: { find: FindRequests }) {
  const t = useTranslations("requests.find");
  const errors = useTranslations("errors");
  const [text, setText] = useHandedText();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ActionResult<RequestSearch> | null>(null);
  const wasHanded = useRef(text !== "");

  async function search() {
    if (text === "" || busy) return;
    setBusy(true);
    setResult(await find({ text }));
    setBusy(false);
  }

  useEffect(() => {
    if (!wasHanded.current) return;
    wasHanded.current = false;
    void search();
  });

  function clear() {
    setText("");
    setResult(null);
  }

  return (
    <search className="inbox-find">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <div className="in">
          <Icon of={Search} />
          <input
            type="text"
            aria-label={t("label")}
            placeholder={t("placeholder")}
            value={text}
            maxLength={128}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={({ key }) => {
              if (key === "Escape") clear();
            }}
          />
        </div>
        <Button type="submit" aria-busy={busy}>
          {t("submit")}
        </Button>
        <span className="m small">{t("audited")}</span>
      </form>
      <div role="status">
        {result === null ? null : result.ok ? (
          <FoundRequests found={result.data} clear={clear} />
        ) : (
          <Note tone="bad">{errors(result.error.code)}</Note>
        )}
      </div>
    </search>
  );
}
