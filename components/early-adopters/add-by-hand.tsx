"use client";

import "./early-adopters.css";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { splitPasted } from "#components/people/split-pasted.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { AdopterReport } from "#lib/early-adopters/types.ts";
import type { ActionError } from "#lib/errors.ts";
import { CUSTOM_ID_MAX, LIST_MAX } from "#lib/people/types.ts";
import type { AddAct } from "./types.ts";

type Done = { customIds: string[]; report: AdopterReport };
type Trouble = "none" | "tooMany" | "tooLong";

const troubleOf = (customIds: readonly string[]): Trouble | null => {
  if (customIds.length === 0) return "none";
  if (customIds.length > LIST_MAX) return "tooMany";
  return customIds.some(({ length }) => length > CUSTOM_ID_MAX) ? "tooLong" : null;
};

/** One CustomID or a pasted list of them; what was typed stays where it is refused. */
export function AddByHand({ add }: { add: AddAct }) {
  const t = useTranslations("earlyAdopters.add");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ code: Trouble; count: number } | null>(null);
  const [error, setError] = useState<ActionError | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  // Each list that was taken leaves an empty field.
  const [round, setRound] = useState(0);

  async function run(text: string) {
    const customIds = splitPasted(text);
    const code = troubleOf(customIds);
    setTrouble(code && { code, count: customIds.length });
    setError(null);
    setDone(null);
    if (busy || code !== null) return;
    setBusy(true);
    const result = await add({ customIds });
    setBusy(false);
    if (!result.ok) return setError(result.error);
    setDone({ customIds, report: result.data });
    setRound((before) => before + 1);
  }

  return (
    <RailSection title={t("title")}>
      <form
        className="act-form add-adopters"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run(String(new FormData(event.currentTarget).get("customIds") ?? ""));
        }}
      >
        <WordsField
          key={round}
          name="customIds"
          label={t("label")}
          help={t("help", { most: LIST_MAX })}
          error={
            trouble === null
              ? undefined
              : t(trouble.code, {
                  count: trouble.count,
                  most: trouble.code === "tooLong" ? CUSTOM_ID_MAX : LIST_MAX,
                })
          }
          rows={4}
          longest={LIST_MAX * (CUSTOM_ID_MAX + 2)}
        />
        <div className="acts">
          <Button type="submit" aria-disabled={busy}>
            {t(busy ? "busy" : "submit")}
          </Button>
        </div>
        <div aria-live="polite">
          {error === null ? null : <ActFailure error={error} />}
          {done === null ? null : <Outcome done={done} />}
        </div>
      </form>
    </RailSection>
  );
}

function Outcome({ done: { customIds, report } }: { done: Done }) {
  const t = useTranslations("earlyAdopters");
  const { added, enrolled, known, leftOut } = report;
  return (
    <>
      <Note tone={added === 0 ? "warn" : "ok"}>
        <b>{t("add.done", { count: added })}</b> {t("add.rest", { enrolled, known })}
      </Note>
      {leftOut.map(({ line, trouble }) => (
        <Note key={line} tone="bad">
          <span className="mono">{customIds[line - 1]}</span> {t(`leftOut.${trouble}`)}
        </Note>
      ))}
    </>
  );
}
