"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { useNewKey } from "./new-key.tsx";

/** The first thing to do with a new key: copy it while it can be seen, or make sure that it was. */
export function StoreStep({ keyId }: { keyId: string }) {
  const t = useTranslations("applications.rail");
  const { shown } = useNewKey();
  const isShown = shown?.keyId === keyId;
  return (
    <li>
      <Icon of={Copy} />
      <b className="b">{isShown ? t("copy") : t("stored")}</b>
      <small>{isShown ? t("copyWhy") : t("storedWhy")}</small>
    </li>
  );
}
