"use client";

import { SlidersHorizontal } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { PolicyVersion } from "#lib/policies/types.ts";
import { useRuleText } from "./use-rule-text.ts";

type VersionHistoryProps = {
  versions: readonly PolicyVersion[];
  /** Loads an older version into the fields, to be saved as a new one; null for those who only read. */
  onLoad: ((version: PolicyVersion) => void) | null;
};

/** What changed before, when, by whom and why. The version in force stands first. */
export function VersionHistory({ versions, onLoad }: VersionHistoryProps) {
  const t = useTranslations("policies.history");
  const format = useFormatter();
  const text = useRuleText();
  const [inForce] = versions;
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        {versions.map((version) => (
          <li key={version.version}>
            <Icon of={SlidersHorizontal} />
            <span>
              {t("version", { version: version.version })}{" "}
              {version.changes.length === 0 ? t("first") : version.changes.map(text.change).join(" · ")}
            </span>
            <small>
              {[
                format.dateTime(new Date(version.changedAt), "minute"),
                version.changedBy ?? t("system"),
                ...(version.reason === null ? [] : [t("reason", { reason: version.reason })]),
              ].join(" · ")}
            </small>
            {onLoad === null || version === inForce ? null : (
              <small>
                <button type="button" className="link" onClick={() => onLoad(version)}>
                  {t("putBack", { version: version.version })}
                </button>
              </small>
            )}
          </li>
        ))}
      </ul>
    </RailSection>
  );
}
