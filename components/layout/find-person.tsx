"use client";

import { Command, Search } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Icon } from "#components/ui/icon.tsx";

/** Leads to the one place where people are searched; ⌘K or Ctrl K from anywhere. */
export function FindPerson() {
  const t = useTranslations("shell");
  const router = useRouter();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      router.push("/people");
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router]);
  return (
    <Link
      className="find"
      href="/people"
      prefetch={false}
      aria-label={t("findPerson")}
      aria-keyshortcuts="Meta+K Control+K"
    >
      <Icon of={Search} />
      <span>{t("findPerson")}</span>
      <kbd>
        <Icon of={Command} size={11} />K
      </kbd>
    </Link>
  );
}
