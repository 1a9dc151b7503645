"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import "#components/forms/forms.css";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ExportKind } from "#lib/audit-log/types.ts";
import { type ExportAct, type ExportState, useExport } from "./use-export.ts";

type ExportDialogProps = {
  /** The list in view, as its address says it. */
  search: string;
  isNarrowed: boolean;
  act: ExportAct;
};

/** Takes the log out: all of it for the verifier, or the list in view as a table. */
export function ExportDialog({ search, isNarrowed, act }: ExportDialogProps) {
  const t = useTranslations("audit.export");
  const formId = useId();
  const [isOpen, setOpen] = useState(false);
  const { state, start, cancel } = useExport(act);
  const busy = state.step === "asking" || state.step === "coming";
  function close() {
    if (busy) cancel();
    setOpen(false);
  }
  return (
    <>
      <Button icon={Download} onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      <Dialog
        open={isOpen}
        onClose={close}
        title={t("title")}
        footer={
          <>
            <Button onClick={close}>{t(busy ? "stop" : "close")}</Button>
            <Button type="submit" form={formId} look="primary" aria-disabled={busy}>
              {t(busy ? "busy" : "do")}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="act-form"
          onSubmit={(event) => {
            event.preventDefault();
            const what = new FormData(event.currentTarget).get("what") as ExportKind;
            if (!busy) void start(what, search);
          }}
        >
          <p className="m2">{t("text")}</p>
          <ChoiceField
            name="what"
            label={t("what")}
            defaultValue="log"
            choices={[
              { value: "log", text: t("log"), help: t("logHelp") },
              { value: "list", text: t("list"), help: t(isNarrowed ? "listNarrowed" : "listWhole") },
            ]}
          />
          <div role="status">
            <Progress state={state} />
          </div>
        </form>
      </Dialog>
    </>
  );
}

function Progress({ state }: { state: ExportState }) {
  const t = useTranslations("audit.export");
  const errors = useTranslations("errors");
  switch (state.step) {
    case "idle":
    case "asking":
      return null;
    case "coming":
      return <p className="m2">{t("coming", { count: state.lines })}</p>;
    case "done":
      return (
        <Note tone="ok">
          <b>{t("done", { count: state.lines })}</b> {t("doneText")}
        </Note>
      );
    case "failed":
      return <Note tone="bad">{state.error === null ? t("failed") : errors(state.error.code)}</Note>;
  }
}
