"use client";

import "./campaigns.css";
import { Check, Copy as CopyIcon, EyeOff } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Copy } from "#components/ui/copy.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import { type HandedLinks, useNewLinks } from "./new-links.tsx";

// Fetched when somebody wants a link as a picture: most hand links over as text.
const LinkCode = lazy(() => import("./link-code.tsx").then((file) => ({ default: file.LinkCode })));

/** The links that were just made, as long as this page may show them: to be copied or photographed, this once. */
export function LinksShownOnce() {
  const t = useTranslations("campaigns.once");
  const format = useFormatter();
  const { shown, hide } = useNewLinks();
  if (shown === null) return null;
  const { links, endsAt, hideAt } = shown;
  return (
    <Section title={t("title", { count: links.length })} about={t("about")}>
      <p className="m2">{t("what", { end: format.dateTime(endsAt, "minute") })}</p>
      <LinkRows key={links[0]?.address} links={links} />
      <div className="once-foot small m">
        <span>
          <Icon of={EyeOff} size={14} /> {t("hidden", { at: format.dateTime(hideAt, "clock") })}
        </span>
        <Button small icon={Check} onClick={hide}>
          {t("done")}
        </Button>
      </div>
    </Section>
  );
}

function LinkRows({ links }: Pick<HandedLinks, "links">) {
  const t = useTranslations("campaigns.once");
  const secret = useTranslations("common.secret");
  const [said, setSaid] = useState("");
  const [code, setCode] = useState<number | null>(null);
  const all = useRef<HTMLDivElement>(null);
  // After the dialog that made the links has given the focus back.
  useEffect(() => {
    const frame = requestAnimationFrame(() => all.current?.querySelector("button")?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const copyAll = () =>
    navigator.clipboard.writeText(links.map(({ address }) => address).join("\n")).then(
      () => setSaid(t("allCopied", { count: links.length })),
      () => setSaid(secret("notCopied")),
    );
  return (
    <>
      <div className="acts link-acts" ref={all}>
        <Button look="primary" icon={CopyIcon} onClick={copyAll}>
          {t("copyAll", { count: links.length })}
        </Button>
        <span className="small m2" role="status">
          {said}
        </span>
      </div>
      <ol className="new-links">
        {links.map(({ number, address }) => (
          <li key={number}>
            <span className="m2 nw">{t("one", { number })}</span>
            <code translate="no">{address}</code>
            <Copy text={address} what={t("copyWhat", { number })} />
            <Button
              small
              look="quiet"
              aria-expanded={code === number}
              onClick={() => setCode(code === number ? null : number)}
            >
              {t(code === number ? "hideCode" : "showCode")}
            </Button>
            {code === number ? (
              <Suspense fallback={null}>
                <LinkCode address={address} label={t("code", { number })} />
              </Suspense>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  );
}
