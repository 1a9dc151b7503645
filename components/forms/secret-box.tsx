"use client";

import { Copy, EyeOff } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useKey } from "#components/ui/use-key.ts";

type SecretBoxProps = {
  secret: string;
  /** Said once it is copied. */
  copied: string;
  hideAt: Date;
  /** What else is to be known of it, and the button that puts it away. */
  children: ReactNode;
};

/** A secret in full, this once. Copy comes first, has the focus, and C does it. */
export function SecretBox({ secret, copied, hideAt, children }: SecretBoxProps) {
  const t = useTranslations("common.secret");
  const format = useFormatter();
  const [said, setSaid] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setSaid(copied),
      () => setSaid(t("notCopied")),
    );
  useKey("c", copy);

  // After the dialog that made the secret has given the focus back.
  useEffect(() => {
    const frame = requestAnimationFrame(() => box.current?.querySelector("button")?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <>
      <div className="once" ref={box}>
        <code translate="no">{secret}</code>
        <Button look="primary" icon={Copy} onClick={copy} aria-keyshortcuts="C">
          {t("copy")} <kbd>C</kbd>
        </Button>
      </div>
      <div className="once-foot small m">
        <span>
          <Icon of={EyeOff} size={14} /> {t("hidden", { at: format.dateTime(hideAt, "clock") })}
        </span>
        {children}
      </div>
      <p className="small m2" role="status">
        {said}
      </p>
    </>
  );
}
