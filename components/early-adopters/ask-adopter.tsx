"use client";

import "./early-adopters.css";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import type { AskedAdopter } from "#lib/early-adopters/types.ts";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import { CUSTOM_ID_MAX } from "#lib/people/types.ts";
import { RemoveAdopters } from "./remove-adopters.tsx";
import type { AskAct, ChangeActs } from "./types.ts";
import { useRolloutAnswer } from "./use-rollout-answer.ts";

type Asked = { customId: string; result: ActionResult<AskedAdopter> };

/** One field, and the exact answer: in or not, since when, and what the rollout says to this person and why. */
export function AskAdopter({ ask, acts }: { ask: AskAct; acts: ChangeActs | null }) {
  const t = useTranslations("earlyAdopters.ask");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const [isMissing, setMissing] = useState(false);

  async function askFor(customId: string) {
    setMissing(customId === "");
    if (busy || customId === "") return;
    setBusy(true);
    const result = await ask({ customId });
    setBusy(false);
    setAsked({ customId, result });
  }

  return (
    <section className="sec ask-adopter">
      <header>
        <h2>{t("title")}</h2>
      </header>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void askFor(String(new FormData(event.currentTarget).get("customId") ?? ""));
        }}
      >
        <Field
          label={t("label")}
          name="customId"
          className="mono"
          maxLength={CUSTOM_ID_MAX}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          help={t("help")}
          error={isMissing ? t("missing") : undefined}
        />
        <Button type="submit" aria-disabled={busy}>
          {t(busy ? "busy" : "submit")}
        </Button>
      </form>
      <div aria-live="polite">
        {asked === null ? null : asked.result.ok ? (
          <Answer
            asked={asked.result.data}
            customId={asked.customId}
            acts={acts}
            onChanged={() => void askFor(asked.customId)}
          />
        ) : (
          <ActFailure error={asked.result.error} />
        )}
      </div>
    </section>
  );
}

type AnswerProps = {
  asked: AskedAdopter;
  customId: string;
  acts: ChangeActs | null;
  onChanged(): void;
};

function Answer({ asked, customId, acts, onChanged }: AnswerProps) {
  const t = useTranslations("earlyAdopters.ask");
  const format = useFormatter();
  const told = useRolloutAnswer(asked.answer);
  const { added, losesPath } = asked;
  return (
    <>
      <Note tone={added === null ? "warn" : "ok"}>
        <b className="mono">{customId}</b>{" "}
        <b>
          {added === null
            ? t("out")
            : t("in", { at: format.dateTime(added.at, "exact"), by: added.by ?? t("formerMember") })}
        </b>
        <br />
        {told}
      </Note>
      {acts === null ? null : (
        <div className="acts">
          {added === null ? (
            <AddOne add={acts.add} customId={customId} onDone={onChanged} />
          ) : (
            <RemoveAdopters
              act={acts.remove}
              who={{ customId }}
              losing={losesPath ? 1 : 0}
              onDone={onChanged}
            />
          )}
        </div>
      )}
    </>
  );
}

function AddOne({ add, customId, onDone }: { add: ChangeActs["add"]; customId: string; onDone(): void }) {
  const t = useTranslations("earlyAdopters.ask");
  const troubles = useTranslations("earlyAdopters.leftOut");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function run() {
    if (busy) return;
    setBusy(true);
    const result = await add({ customIds: [customId] });
    setBusy(false);
    if (!result.ok) return setError(result.error);
    const [leftOut] = result.data.leftOut;
    if (leftOut) setTrouble(troubles(leftOut.trouble));
    else onDone();
  }

  return (
    <>
      <Button small aria-disabled={busy} onClick={() => void run()}>
        {t("add")}
      </Button>
      {trouble === null ? null : <Note tone="bad">{trouble}</Note>}
      {error === null ? null : <ActFailure error={error} />}
    </>
  );
}
