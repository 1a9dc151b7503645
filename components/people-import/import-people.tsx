"use client";

import "./people-import.css";
import { useTranslations } from "next-intl";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { FilePicker } from "#components/forms/file-picker.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ImportReport } from "#lib/people-import/types.ts";
import { FileTrouble } from "./file-trouble.tsx";
import { ImportOutcome } from "./import-outcome.tsx";
import { type ImportAct, useImport } from "./use-import.ts";

/** A file is chosen, looked through, and imported once its reader has seen what will come of it. */
export function ImportPeople(acts: { examine: ImportAct; run: ImportAct }) {
  const t = useTranslations("peopleImport");
  const { state, examine, run } = useImport(acts);
  const { file, busy, error, withErased } = state;
  const shown = state.result ?? state.preview;
  const report = shown?.ok ? shown.report : null;
  const isDone = state.result?.ok === true;
  return (
    <section className="sec people-import" aria-label={t("title")}>
      <div className="acts">
        <FilePicker
          label={t(busy === "examine" ? "reading" : file === null ? "choose" : "another")}
          onFile={(chosen) => void examine(chosen, false)}
        />
        {file === null ? null : <span className="mono small m2">{file.name}</span>}
      </div>
      <div aria-live="polite">
        {error === null ? null : <ActFailure error={error} />}
        {shown === null || shown.ok ? null : <FileTrouble trouble={shown} />}
        {report === null ? null : <ImportOutcome report={report} isDone={isDone} />}
      </div>
      {report === null || isDone ? null : (
        <Start
          report={report}
          withErased={withErased}
          busy={busy === "run"}
          onErased={(wanted) => file && void examine(file, wanted)}
          onRun={() => void run()}
        />
      )}
    </section>
  );
}

type StartProps = {
  report: ImportReport;
  withErased: boolean;
  busy: boolean;
  onErased(wanted: boolean): void;
  onRun(): void;
};

function Start({ report, withErased, busy, onErased, onRun }: StartProps) {
  const t = useTranslations("peopleImport");
  return (
    <>
      {report.erasedBefore > 0 || withErased ? (
        <label className="check">
          <input
            type="checkbox"
            checked={withErased}
            onChange={(event) => onErased(event.currentTarget.checked)}
          />
          {t("erasedToo")}
        </label>
      ) : null}
      {report.imported === 0 ? null : (
        <div className="acts">
          <Button look="primary" aria-disabled={busy} onClick={onRun}>
            {busy ? t("importing") : t("import", { count: report.imported })}
          </Button>
        </div>
      )}
    </>
  );
}
