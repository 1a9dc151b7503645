"use client";

import { Check, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { isPageKey } from "#components/data-table/use-row-keys.ts";
import { Icon } from "#components/ui/icon.tsx";

const SHOWN = 12;

/** One value that can be filtered for, and the address of the list with it, or without it where it is chosen. */
export type FilterOption = { facet: string; text: string; href: string; chosen: boolean };

type FilterFinderProps = { options: readonly FilterOption[]; clearHref: string | null };

/** Finds a filter by its name: F opens it, typing narrows, Enter takes the first; X clears all filters. */
export function FilterFinder({ options, clearHref }: FilterFinderProps) {
  const t = useTranslations("verifications.filter");
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  usePageKeys(() => popover.current?.showPopover(), clearHref);
  const wanted = folded(text);
  const found = options.filter(({ facet, text: value }) => folded(`${facet} ${value}`).includes(wanted));
  const close = () => popover.current?.hidePopover();
  return (
    <>
      <button type="button" className="btn quiet s only-wide" popoverTarget={id} aria-keyshortcuts="f">
        <Icon of={Plus} size={14} />
        {t("open")} <kbd>F</kbd>
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t("label")}
        className="menu filter-finder"
        onKeyDown={walk}
        onToggle={({ newState }) => {
          if (newState === "open") box.current?.focus();
          setText("");
        }}
      >
        <input
          ref={box}
          className="in"
          type="text"
          aria-label={t("label")}
          placeholder={t("placeholder")}
          value={text}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {found.length === 0 ? (
          <p className="m" role="status">
            {t("none")}
          </p>
        ) : (
          <ul>
            {found.slice(0, SHOWN).map(({ facet, text: value, href, chosen }) => (
              <li key={href}>
                <Link
                  href={href}
                  scroll={false}
                  prefetch={false}
                  onClick={close}
                  aria-current={chosen ? "true" : undefined}
                >
                  <span className="m">{facet}</span>
                  <span>{value}</span>
                  {chosen ? <Icon of={Check} size={14} /> : null}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

/** From the box into the list and through it; Enter in the box takes the first. */
function walk(event: ReactKeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll("a")];
  const place = links.findIndex((link) => link.matches(":focus"));
  if (event.key === "ArrowDown") links[Math.min(place + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp" && place > 0) links[place - 1]?.focus();
  else if (event.key === "ArrowUp") event.currentTarget.querySelector("input")?.focus();
  else if (event.key === "Enter" && place < 0) links[0]?.click();
  else return;
  event.preventDefault();
}

function usePageKeys(open: () => void, clearHref: string | null): void {
  const router = useRouter();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!isPageKey(event)) return;
      if (event.key === "f") open();
      else if (event.key === "x" && clearHref !== null) router.push(clearHref, { scroll: false });
      else return;
      event.preventDefault();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}

/** Letters without their marks, so that “escuro” and “câmera” are found as they are typed. */
const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .trim();
