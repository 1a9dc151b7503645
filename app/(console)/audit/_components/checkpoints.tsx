import Link from "next/link";
import { useTranslations } from "next-intl";
import { CheckpointsTable } from "#components/audit/checkpoints-table.tsx";
import { SignCheckpoint } from "#components/audit/sign-checkpoint.tsx";
import { Section } from "#components/ui/section.tsx";
import type { AuditLogData } from "#lib/audit-log/loaders.ts";
import { signCheckpointAction } from "../actions.ts";

/** The newest checkpoints, the way to all of them, and one on demand. */
export function Checkpoints({ data: { checkpoints, checkpointCount, mayVerify } }: { data: AuditLogData }) {
  const t = useTranslations("audit.checkpoints");
  const end = (
    <>
      {mayVerify ? <SignCheckpoint act={signCheckpointAction} /> : null}
      {checkpointCount > checkpoints.length ? (
        <Link href="/audit/checkpoints" prefetch={false}>
          {t("all", { count: checkpointCount })}
        </Link>
      ) : null}
    </>
  );
  return (
    <Section title={t("title")} about={t("about")} end={end}>
      {checkpoints.length === 0 ? <p className="m2">{t("none")}</p> : <CheckpointsTable rows={checkpoints} />}
    </Section>
  );
}
