import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ActKind, Fold } from "#lib/audit-log/types.ts";

type FoldRowProps = {
  fold: Fold;
  /** What stands open already. */
  unfold: readonly string[] | "all";
  hrefOf(ids: readonly string[]): string;
};

/** Routine entries as one line with their numbers, so that the log never seems to have holes. */
export function FoldRow({ fold: { entries, kinds }, unfold, hrefOf }: FoldRowProps) {
  const t = useTranslations("audit.fold");
  const format = useFormatter();
  const first = entries[0];
  const last = entries.at(-1);
  if (!first || !last) return null;
  const [low, high] = [first.sequence, last.sequence].sort((a, b) => (a ?? 0) - (b ?? 0));
  const number = (sequence: number) => format.number(sequence);
  const range =
    typeof low === "number" && typeof high === "number"
      ? t("range", { from: number(low), to: number(high) })
      : null;
  const count = entries.length;
  const open = unfold === "all" ? [] : unfold;
  return (
    <tr className="fold">
      <td colSpan={6} className="full">
        {range} {t("folded", { count })}{" "}
        {format.list(kinds.map(({ kind, count: of }) => t(`kind.${wordOf(kind)}`, { count: of })))}{" "}
        <Link
          className="row-link"
          href={hrefOf([...open, first.id])}
          scroll={false}
          prefetch={false}
          aria-label={t("showLabel", { count })}
        >
          {t("show")}
        </Link>
      </td>
    </tr>
  );
}

const wordOf = (kind: ActKind) =>
  kind === "look" || kind === "search" || kind === "sign_in" ? kind : "other";
