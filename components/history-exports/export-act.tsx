"use client";

import { Download } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { Act } from "#components/forms/types.ts";
import { Button } from "#components/ui/button.tsx";
import type { ActionResult } from "#lib/errors.ts";
import type { ExportChoice } from "#lib/history-exports/types.ts";
import { ExportProgressDialog } from "./export-progress-dialog.tsx";
import { OpenExportDialog, type Opened } from "./open-export-dialog.tsx";
import { type Followed, useExportProgress } from "./use-export-progress.ts";

type ExportActProps = {
  /** The list in view, as its address says it. */
  search: string;
  /** How many pass the filters, as the page counted them. */
  total: number;
  choices: readonly ExportChoice[];
  open: Act<Opened>;
  cancel(input: { exportId: string }): Promise<ActionResult<object>>;
};

/** Takes the verifications in view out as a file. While one is on its way, and once it has ended, the button tells of it. */
export function ExportAct({ search, total, choices, open, cancel }: ExportActProps) {
  const { followed, follow, forget } = useExportProgress();
  const [isShown, setShown] = useState(false);
  if (followed === null)
    return (
      <OpenExportDialog
        {...{ search, total, choices }}
        act={open}
        onDone={(opened) => {
          follow(opened);
          setShown(true);
        }}
      />
    );
  return (
    <>
      <Button icon={Download} onClick={() => setShown(true)}>
        <ButtonText followed={followed} />
      </Button>
      <ExportProgressDialog
        open={isShown}
        followed={followed}
        onClose={() => setShown(false)}
        onForget={forget}
        cancel={() => cancel({ exportId: followed.id })}
      />
    </>
  );
}

function ButtonText({ followed: { progress } }: { followed: Followed }) {
  const t = useTranslations("historyExports");
  const format = useFormatter();
  if (progress.state !== "asked" && progress.state !== "running") return t(`ended.button.${progress.state}`);
  const share = progress.rows / Math.max(1, progress.rowsExpected, progress.rows);
  return t("progress.button", { percent: format.number(Math.floor(share * 100)) });
}
