import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { EntryPlace as Place } from "#lib/audit-log/types.ts";
import { shortHash } from "./short.ts";

/** The entry's leaf, which checkpoint first covered it, and whether the newest one proves it. */
export function EntryPlace({ place: { leaf, signedIn, inclusion } }: { place: Place }) {
  const t = useTranslations("audit.entry");
  const format = useFormatter();
  return (
    <dl className="dl">
      <dt>{t("leaf")}</dt>
      <dd className="mono" title={leaf}>
        {shortHash(leaf)}
      </dd>
      <dt>{t("sealedIn")}</dt>
      <dd>
        {signedIn === null
          ? t("noCheckpoint")
          : t("checkpoint", {
              size: signedIn.treeSize,
              time: format.dateTime(signedIn.signedAt, "minute"),
            })}
      </dd>
      <dt>{t("inclusion")}</dt>
      <dd>
        {inclusion === null ? (
          <span className="m">{t("notYet")}</span>
        ) : inclusion.isProven ? (
          <Status kind="ok">{t("proven", { steps: inclusion.steps })}</Status>
        ) : (
          <Status kind="fail">{t("notProven")}</Status>
        )}
      </dd>
    </dl>
  );
}
