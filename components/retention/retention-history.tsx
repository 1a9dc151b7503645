"use client";

import { Archive } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { RetentionValues } from "#lib/retention/schema.ts";
import type { RetentionChange } from "#lib/retention/types.ts";

type RetentionHistoryProps = {
  changes: readonly RetentionChange[];
  /** Loads an older version into the fields, to be saved as a new one; null for those who only read. */
  onLoad: ((values: RetentionValues) => void) | null;
};

/** What was chosen before, when, by whom and why; the newest first. */
export function RetentionHistory({ changes, onLoad }: RetentionHistoryProps) {
  const t = useTranslations("retention.history");
  const words = useTranslations("retention");
  const format = useFormatter();
  const textsOf = ({ inactivePersonDays: days, ...times }: RetentionValues) => ({
    ...times,
    inactive: days === null ? words("never") : words("span", { days }),
  });
  if (changes.length === 0) return null;
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        {changes.map((change, place) => (
          <li key={change.version}>
            <Icon of={Archive} />
            <span>{t("version", { version: change.version, ...textsOf(change.values) })}</span>
            <small>
              {[
                format.dateTime(change.changedAt, "minute"),
                change.changedByName ?? t("system"),
                t("reason", { reason: change.reason }),
              ].join(" · ")}
            </small>
            {onLoad === null || place === 0 ? null : (
              <small>
                <button type="button" className="link" onClick={() => onLoad(change.values)}>
                  {t("putBack", { version: change.version })}
                </button>
              </small>
            )}
          </li>
        ))}
      </ul>
    </RailSection>
  );
}
