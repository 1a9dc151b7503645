"use client";

import "./early-adopters.css";
import { useTranslations } from "next-intl";
import { FilePicker } from "#components/forms/file-picker.tsx";
import { LeftOutLines } from "#components/people-import/left-out-lines.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { ADOPTER_TROUBLES, type AdopterReport, type ImportAnswer } from "#lib/early-adopters/types.ts";
import { type ImportState, useImport } from "./use-import.ts";

/** A file of any length is chosen, looked through, and imported once its reader has seen what will come of it. */
export function ImportFile() {
  const t = useTranslations("earlyAdopters.import");
  const { state, examine, run, cancel } = useImport();
  const { file, busy, failure } = state;
  const shown = state.result ?? state.preview;
  const isDone = state.result?.ok === true;
  return (
    <RailSection title={t("title")}>
      <div className="act-form add-adopters">
        <p className="m2">{t("about")}</p>
        <div className="acts">
          <FilePicker label={t(file === null ? "choose" : "another")} onFile={examine} />
          {file === null ? null : <span className="mono small m2">{file.name}</span>}
        </div>
        {busy === null ? null : <Progress busy={busy} cancel={cancel} />}
        <div aria-live="polite">
          {failure === null ? null : <Note tone="bad">{t(`failure.${failure}`)}</Note>}
          {busy !== null || shown === null ? null : <Shown shown={shown} isDone={isDone} />}
        </div>
        {busy === null && shown?.ok && !isDone && shown.report.added > 0 ? (
          <div className="acts">
            <Button look="primary" onClick={run}>
              {t("run", { count: shown.report.added })}
            </Button>
          </div>
        ) : null}
      </div>
    </RailSection>
  );
}

function Progress({ busy, cancel }: { busy: NonNullable<ImportState["busy"]>; cancel(): void }) {
  const t = useTranslations("earlyAdopters.import");
  const text =
    busy.sent < 1
      ? t(busy.for === "examine" ? "reading" : "running", { percent: Math.floor(busy.sent * 100) })
      : t("sorting");
  return (
    <>
      <progress aria-label={t(busy.for)} max={1} {...(busy.sent < 1 ? { value: busy.sent } : {})} />
      <div className="acts">
        <span className="small m2">{text}</span>
        <Button small look="quiet" onClick={cancel}>
          {t("cancel")}
        </Button>
      </div>
    </>
  );
}

function Shown({ shown, isDone }: { shown: ImportAnswer; isDone: boolean }) {
  const t = useTranslations("earlyAdopters.import");
  if (shown.ok) return <Outcome report={shown.report} isDone={isDone} />;
  return <Note tone="bad">{t(`trouble.${shown.trouble}`, { line: shown.line ?? 0 })}</Note>;
}

function Outcome({ report, isDone }: { report: AdopterReport; isDone: boolean }) {
  const t = useTranslations("earlyAdopters");
  const { rows, added, enrolled, known, repeated, refused, leftOut } = report;
  const count = Object.values(refused).reduce((sum, one) => sum + one, 0);
  const reasons = ADOPTER_TROUBLES.map((trouble) => ({
    text: t(`leftOut.${trouble}`),
    count: refused[trouble] ?? 0,
    lines: leftOut.filter((row) => row.trouble === trouble).map(({ line }) => line),
  })).filter((reason) => reason.count > 0);
  return (
    <>
      <Note tone={added === 0 ? "warn" : isDone ? "ok" : "go"}>
        <b>{t(isDone ? "import.done" : "import.would", { count: added, rows })}</b>{" "}
        {t("import.rest", { enrolled, known, repeated, refused: count, added })}
      </Note>
      {reasons.length > 0 ? <LeftOutLines reasons={reasons} /> : null}
    </>
  );
}
