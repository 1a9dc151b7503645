"use client";

import { useTranslations } from "next-intl";
import type { EVENT_GROUPS } from "#lib/notifications/rules.ts";
import type { NotificationEventName } from "#lib/notifications/schema.ts";

type EventGroupProps = {
  group: keyof typeof EVENT_GROUPS;
  /** Those of the group that a target of this kind may be told. */
  offered: readonly NotificationEventName[];
  chosen: readonly NotificationEventName[];
  onChange(chosen: NotificationEventName[]): void;
};

/** The events of one matter, folded to how many of them are chosen; all of them at once, or one by one. */
export function EventGroup({ group, offered, chosen, onChange }: EventGroupProps) {
  const t = useTranslations("notifications");
  const taken = offered.filter((event) => chosen.includes(event));
  const isWhole = taken.length === offered.length;
  const others = chosen.filter((event) => !offered.includes(event));
  const toggle = (event: NotificationEventName) =>
    onChange(taken.includes(event) ? chosen.filter((other) => other !== event) : [...chosen, event]);
  return (
    <details className="events">
      <summary>
        {t(`group.${group}`)}
        <span className="m num">{t("form.chosen", { chosen: taken.length, all: offered.length })}</span>
      </summary>
      <fieldset aria-label={t(`group.${group}`)}>
        <label className="whole">
          <input
            type="checkbox"
            ref={(box) => {
              if (box !== null) box.indeterminate = taken.length > 0 && !isWhole;
            }}
            checked={isWhole}
            onChange={() => onChange(isWhole ? others : [...others, ...offered])}
          />
          {t("form.all")}
        </label>
        {offered.map((event) => (
          <label key={event}>
            <input type="checkbox" checked={taken.includes(event)} onChange={() => toggle(event)} />
            {t(`event.${event}`)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
