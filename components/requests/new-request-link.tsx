"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { useKey } from "#components/ui/use-key.ts";

const HREF = "/requests/new";

/** The way to a new request, from anywhere on the page by its letter. */
export function NewRequestLink() {
  const t = useTranslations("requests.acts");
  const router = useRouter();
  useKey("n", () => router.push(HREF));
  return (
    <Link className="btn pri" href={HREF} prefetch={false} aria-keyshortcuts="n">
      <Icon of={Plus} size={14} />
      {t("new")} <kbd>N</kbd>
    </Link>
  );
}
