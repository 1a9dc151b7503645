import { Archive, Link2, TerminalSquare, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Copy } from "#components/ui/copy.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { KeptCheckpoint } from "#lib/audit/types.ts";

type HowSureProps = {
  newest: KeptCheckpoint | null;
  publicKey: string;
  /** This console could change what the log holds, but for the triggers. */
  isOwner: boolean;
};

/** What the log proves by itself, what only copies elsewhere prove, and how to check without trusting this page. */
export function HowSure({ newest, publicKey, isOwner }: HowSureProps) {
  const t = useTranslations("audit.sure");
  const format = useFormatter();
  const kept = [
    newest?.keptInFileAt ? t("file", { time: format.dateTime(newest.keptInFileAt, "minute") }) : null,
    newest !== null && newest.webhooks > 0 ? t("webhooks", { count: newest.webhooks }) : null,
  ].filter((one) => one !== null);
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        <li>
          <Icon of={Link2} />
          <span>{t("tree")}</span>
          <small>{t("treeNot")}</small>
        </li>
        <li>
          <Icon of={Archive} tone={kept.length > 0 ? "ok" : "warn"} />
          <span>{t("elsewhere")}</span>
          <small>{kept.length > 0 ? `${t("newest")} ${kept.join(" · ")}` : t("nowhere")}</small>
        </li>
        <li>
          <Icon of={TerminalSquare} />
          <span>{t("without")}</span>
          <small>
            {t("withoutHow")} <Copy text={publicKey} what={t("publicKey")} />
          </small>
        </li>
        {isOwner ? (
          <li>
            <Icon of={TriangleAlert} tone="warn" />
            <span>{t("owner")}</span>
            <small>{t("ownerText")}</small>
          </li>
        ) : null}
      </ul>
    </RailSection>
  );
}
