"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act } from "#components/forms/types.ts";

type WithdrawTesterProps = { testerId: string; number: number; act: Act<null> };

/** Takes a tester's link back, after it said what that ends. */
export function WithdrawTester({ testerId, number, act }: WithdrawTesterProps) {
  const t = useTranslations("campaigns.withdraw");
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("question", { number })}
      danger
      words={{ keep: t("keep"), submit: t("do"), busy: t("busy") }}
      act={act}
      about={{ testerId }}
    >
      <p className="m2">{t("what")}</p>
    </ActDialog>
  );
}
