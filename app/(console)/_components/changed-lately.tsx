import { Database, KeyRound, type LucideIcon, Signpost, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Change, ChangeAction } from "#lib/audit/types.ts";

/** Where to see what was changed. */
const PLACES: Record<ChangeAction, { icon: LucideIcon; href?: string }> = {
  "rollout_intent.prepare": { icon: Signpost },
  "policy.change": { icon: SlidersHorizontal, href: "/settings/policies" },
  "application.create": { icon: KeyRound, href: "/settings/applications" },
  "application.change": { icon: KeyRound, href: "/settings/applications" },
  "application.disable": { icon: KeyRound, href: "/settings/applications" },
  "application.enable": { icon: KeyRound, href: "/settings/applications" },
  "application_key.create": { icon: KeyRound, href: "/settings/applications" },
  "application_key.revoke": { icon: KeyRound, href: "/settings/applications" },
  "retention.change": { icon: Database, href: "/settings/retention" },
};

/** The last changes of how this installation works, as far as the reader may know of them. */
export function ChangedLately({ changes }: { changes: readonly Change[] }) {
  const t = useTranslations("overview.changed");
  return (
    <RailSection title={t("title")}>
      {changes.length === 0 ? (
        <p className="m">{t("none")}</p>
      ) : (
        <ul className="todo">
          {changes.map((change) => (
            <ChangeItem key={change.id} change={change} />
          ))}
        </ul>
      )}
    </RailSection>
  );
}

function ChangeItem({ change: { action, at, by, entityId } }: { change: Change }) {
  const t = useTranslations("overview.changed");
  const { icon, href } = PLACES[action];
  const text = action === "policy.change" ? t("policy.change", { id: entityId ?? "" }) : t(action);
  return (
    <li>
      <Icon of={icon} />
      {href ? (
        <Link href={href} prefetch={false}>
          {text}
        </Link>
      ) : (
        <span className="med">{text}</span>
      )}
      <small>
        <Time at={at} /> · {by ?? t("system")}
      </small>
    </li>
  );
}
