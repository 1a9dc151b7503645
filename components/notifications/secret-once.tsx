"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** A signing secret in full, copy first; with the dialog it is gone. */
export function SecretOnce({ secret }: { secret: string }) {
  const t = useTranslations("notifications.once");
  const [said, setSaid] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setSaid(t("copied")),
      () => setSaid(t("notCopied")),
    );
  return (
    <>
      <p className="m2">{t("text")}</p>
      <div className="once">
        <code translate="no">{secret}</code>
        <Button look="primary" icon={Copy} onClick={copy}>
          {t("copy")}
        </Button>
      </div>
      <p className="small m2" role="status">
        {said}
      </p>
    </>
  );
}
