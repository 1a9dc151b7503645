import { CircleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Copy } from "#components/ui/copy.tsx";
import { Status } from "#components/ui/status.tsx";
import type { CheckpointRow } from "#lib/audit-log/types.ts";
import { shortHash } from "./short.ts";

/** Signed checkpoints, the newest first: what each covers, its root, and where it is kept outside the database. */
export function CheckpointsTable({ rows }: { rows: readonly CheckpointRow[] }) {
  const t = useTranslations("audit.checkpoints");
  const format = useFormatter();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone
    <table className="tbl wide free tight" aria-label={t("title")} tabIndex={0}>
      <thead>
        <tr>
          <th scope="col">{t("number")}</th>
          <th scope="col">{t("signed")}</th>
          <th scope="col">{t("why")}</th>
          <th scope="col" className="num">
            {t("entries")}
          </th>
          <th scope="col">{t("root")}</th>
          <th scope="col">{t("kept")}</th>
          <th scope="col">{t("note")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.treeSize}>
            <td className="b">{format.number(row.number)}</td>
            <td className="m2 nw">{format.dateTime(row.signedAt, "exact")}</td>
            <td className="m2 nw">{t(`cause.${row.cause}`)}</td>
            <td className="num m2">{t("range", { to: row.treeSize })}</td>
            <td className="mono m nw" title={row.root ?? undefined}>
              {row.root === null ? t("unreadable") : shortHash(row.root)}
            </td>
            <td className="nw">
              <Kept row={row} />
            </td>
            <td>
              <Copy text={row.note} what={t("noteOf", { number: row.number })} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Kept({ row: { keptInFileAt, webhooks, webhookTries } }: { row: CheckpointRow }) {
  const t = useTranslations("audit.checkpoints");
  const places = [
    ...(keptInFileAt === null ? [] : [t("file")]),
    ...(webhooks === 0 ? [] : [t("webhooks", { count: webhooks, tries: webhookTries ?? 1 })]),
  ];
  return places.length === 0 ? (
    <Status kind="due" icon={CircleAlert}>
      {t("nowhere")}
    </Status>
  ) : (
    <Status kind="ok" quiet>
      {places.join(", ")}
    </Status>
  );
}
