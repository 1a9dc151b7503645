"use client";

import "#components/forms/forms.css";
import "./batch.css";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import { ChoicesFrame } from "#components/forms/choices-frame.tsx";
import type { Act, FieldErrors } from "#components/forms/types.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { REGIMES } from "#lib/deadlines/types.ts";
import type { ActionError } from "#lib/errors.ts";
import { LIST_CHANNELS, LIST_RIGHTS, MOST_BYTES } from "#lib/request-batches/types.ts";
import { IDENTITY_METHODS } from "#lib/requests/types.ts";
import { useRequestTerms } from "./terms.ts";

type NewListFormProps = { today: string; act: Act<{ batchId: string }> };

/** The file and what holds for everybody in it. What was filled in stays where it is refused. */
export function NewListForm({ today, act }: NewListFormProps) {
  const t = useTranslations("batches.new");
  const terms = useRequestTerms();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const fields = error?.fields ?? {};
  async function send(form: FormData) {
    const file = form.get("file");
    // What is too large is not even sent.
    if (file instanceof File && file.size > MOST_BYTES)
      return setError({ code: "invalid_input", fields: { file: ["too_big", ""] }, requestId: "" });
    setBusy(true);
    const result = await act(form);
    if (result.ok) return router.push(`/requests/lists/${result.data.batchId}`);
    setBusy(false);
    setError(result.error);
  }
  return (
    <form
      className="act-form new-list"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send(new FormData(event.currentTarget));
      }}
    >
      <Field
        label={t("file")}
        name="file"
        type="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        help={t("fileHelp")}
        error={useFileTrouble(fields)}
      />
      <ChoiceField
        name="right"
        label={t("right")}
        defaultValue="erasure"
        choices={LIST_RIGHTS.map((right) => ({ value: right, text: terms.right(right) }))}
        error={fields.right ? t("choose") : undefined}
      />
      <Laws error={fields.regimes ? t("chooseLaw") : undefined} />
      <Field
        label={t("receivedOn")}
        name="receivedOn"
        type="date"
        defaultValue={today}
        max={today}
        help={t("receivedHelp")}
        error={fields.receivedOn ? t("receivedWrong") : undefined}
      />
      <ChoiceField
        name="channel"
        label={t("channel")}
        defaultValue="list"
        choices={LIST_CHANNELS.map((channel) => ({ value: channel, text: terms.channel(channel) }))}
        error={fields.channel ? t("choose") : undefined}
      />
      <ChoiceField
        name="identityMethod"
        label={t("identity")}
        choices={IDENTITY_METHODS.map((method) => ({ value: method, text: terms.method(method) }))}
        error={fields.identityMethod ? t("chooseIdentity") : undefined}
      />
      <Failure error={error} />
      <div className="acts">
        <Button type="submit" look="primary" aria-disabled={busy}>
          {t(busy ? "busy" : "submit")}
        </Button>
        <span className="small m">{t("after")}</span>
      </div>
    </form>
  );
}

function Failure({ error }: { error: ActionError | null }) {
  const errors = useTranslations("errors");
  return <div role="alert">{error === null ? null : <Note tone="bad">{errors(error.code)}</Note>}</div>;
}

function useFileTrouble({ file }: FieldErrors): string | undefined {
  const t = useTranslations("batches.new.fileTrouble");
  if (file === undefined) return undefined;
  const [trouble = "", line = ""] = file;
  const known = [
    "empty",
    "too_big",
    "workbook",
    "not_text",
    "broken",
    "too_many_rows",
    "no_rows",
    "no_column",
  ] as const;
  const code = known.find((one) => one === trouble) ?? "missing";
  return t(code, { line });
}

function Laws({ error }: { error: string | undefined }) {
  const t = useTranslations("batches.new");
  const regimes = useTranslations("requests.regime");
  return (
    <ChoicesFrame
      label={t("laws")}
      choices={REGIMES.map((regime) => ({ value: regime, text: regimes(regime) }))}
      error={error}
      input={(regime) => ({
        type: "checkbox",
        name: "regimes",
        value: regime,
        defaultChecked: regime === "lgpd",
      })}
    />
  );
}
