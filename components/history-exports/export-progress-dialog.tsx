"use client";

import "./history-exports.css";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Copy } from "#components/ui/copy.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import { hasEnded } from "#lib/history-exports/rules.ts";
import type { ExportProgress } from "#lib/history-exports/types.ts";
import type { Followed } from "./use-export-progress.ts";

const TONES = { finished: "ok", broken: "bad", cancelled: "warn", expired: "warn" } as const;

type ExportProgressDialogProps = {
  open: boolean;
  followed: Followed;
  onClose(): void;
  /** Makes room for another one. */
  onForget(): void;
  cancel(): Promise<unknown>;
};

/** How far the file is, on the server; then what came of it, until another one is asked for. */
export function ExportProgressDialog({
  open,
  followed,
  onClose,
  onForget,
  cancel,
}: ExportProgressDialogProps) {
  const t = useTranslations("historyExports");
  const [isStopping, setStopping] = useState(false);
  const { progress } = followed;
  const isOver = hasEnded(progress);
  async function stop() {
    if (isStopping) return;
    setStopping(true);
    await cancel().catch(() => null);
    setStopping(false);
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t(isOver ? "title" : "progress.title")}
      footer={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          {isOver ? (
            <Button onClick={onForget}>{t("again")}</Button>
          ) : (
            <Button look="danger" onClick={stop} aria-disabled={isStopping}>
              {t(isStopping ? "stopping" : "stop")}
            </Button>
          )}
        </>
      }
    >
      <div className="export-progress">
        {isOver ? <Ended progress={progress} /> : <Going followed={followed} />}
      </div>
    </Dialog>
  );
}

function Going({ followed: { progress, isAway } }: { followed: Followed }) {
  const t = useTranslations("historyExports.progress");
  const { state, rows, rowsExpected } = progress;
  return (
    <>
      <progress aria-label={t("label")} max={Math.max(1, rowsExpected, rows)} value={rows} />
      <p className="m2">
        {isAway ? t("away") : state === "asked" ? t("asked") : t("running", { rows, expected: rowsExpected })}
      </p>
    </>
  );
}

function Ended({ progress: { state, rows, bytes, sha256 } }: { progress: ExportProgress }) {
  const t = useTranslations("historyExports.ended");
  const format = useFormatter();
  if (state === "asked" || state === "running") return null;
  const megabytes = format.number(bytes / 1e6, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <>
      <Note tone={TONES[state]} role="status">
        <b>{t(state, { count: rows })}</b> {t(`${state}Text`)}
      </Note>
      {sha256 === null ? null : (
        <dl className="dl">
          <dt>{t("lines")}</dt>
          <dd>{format.number(rows)}</dd>
          <dt>{t("size")}</dt>
          <dd>{t("megabytes", { megabytes })}</dd>
          <dt>{t("digest")}</dt>
          <dd>
            <span className="mono breaks">{sha256}</span> <Copy text={sha256} what={t("copyDigest")} />
          </dd>
        </dl>
      )}
    </>
  );
}
