"use client";

import { Copy, Download, Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

const FILE_NAME = "gatehouse-recovery-codes.txt";

/** New recovery codes, in full this once: copied, kept as a file or printed. */
export function RecoveryCodesOnce({ codes }: { codes: readonly string[] }) {
  const t = useTranslations("proof.codes");
  const [said, setSaid] = useState("");
  const text = `${[t("fileHead"), "", ...codes].join("\n")}\n`;

  function copy() {
    navigator.clipboard.writeText(codes.join("\n")).then(
      () => setSaid(t("copied")),
      () => setSaid(t("notCopied")),
    );
  }

  function download() {
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = FILE_NAME;
    link.click();
    URL.revokeObjectURL(address);
    setSaid(t("downloaded", { name: FILE_NAME }));
  }

  return (
    <div className="form proof-form">
      <p className="m2">{t("text")}</p>
      <ol className="recovery-codes" aria-label={t("label")} translate="no">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="acts">
        <Button icon={Copy} onClick={copy}>
          {t("copy")}
        </Button>
        <Button icon={Download} onClick={download}>
          {t("download")}
        </Button>
        <Button icon={Printer} onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <p className="small m2" role="status">
        {said}
      </p>
    </div>
  );
}
