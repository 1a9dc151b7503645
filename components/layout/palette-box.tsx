"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { handText } from "#components/people/handed-text.ts";
import { usePurpose } from "#components/people/use-purpose.ts";
import { type SearchAction, type SettleAction, useSearch } from "#components/people/use-search.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PROTOCOL_START } from "#lib/inbox/types.ts";
import { NO_FILTERS } from "#lib/people/types.ts";
import { PaletteList } from "./palette-list.tsx";
import { type PaletteOption, type PalettePage, paletteOptions } from "./palette-options.ts";
import { PaletteSays } from "./palette-says.tsx";

type PaletteBoxProps = {
  pages: readonly PalettePage[];
  people: { search: SearchAction; settle: SettleAction } | null;
  findsRequests: boolean;
  close(): void;
};

const NOTHING = () => Promise.reject(new Error("Nobody is searched here."));

/** The box and what it finds, while somebody types. Arrows choose, Enter opens, Esc closes. */
export function PaletteBox({ pages, people, findsRequests, close }: PaletteBoxProps) {
  const t = useTranslations("shell.palette");
  const router = useRouter();
  const path = usePathname();
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  /** Enter was pressed before the answer came: it opens the one it can only mean. */
  const [hurried, setHurried] = useState(false);
  const wanted = people === null ? "" : text;
  const [purpose] = usePurpose();
  const input = useMemo(() => ({ text: wanted, filters: NO_FILTERS, purpose }), [wanted, purpose]);
  const { found, searching, settle } = useSearch(input, people?.search ?? NOTHING, people?.settle ?? NOTHING);
  useEffect(() => box.current?.focus(), []);

  const answer = wanted.trim() !== "" && found?.result.ok && found.result.data.ok ? found.result.data : null;
  const all = paletteOptions(text, pages, answer?.people ?? null, findsRequests);
  // On the page itself the whole answer would lead nowhere.
  const options = all.filter(({ kind, href }) => kind === "page" || kind === "person" || href !== path);
  const active = options[Math.min(place, options.length - 1)];

  function choose(option: PaletteOption) {
    if (option.kind === "person") settle();
    if (option.kind === "people" || option.kind === "requests") handText(text);
    close();
    router.push(option.href);
  }

  // While people are still looked for, what is in view belongs to an earlier text.
  const isWaiting = searching || (wanted.trim() !== "" && found?.input !== input);
  useEffect(() => {
    if (!hurried || isWaiting) return;
    setHurried(false);
    const [first, second] = answer?.people ?? [];
    const only = first && (second === undefined || answer?.kind === "exact") ? first.id : null;
    const without = PROTOCOL_START.test(text.trim()) ? "requests" : "people";
    // Where nobody was found, the page of people says what that means.
    const option = options.find(({ id, kind }) => (answer && !first ? kind === without : id === only));
    if (option) choose(option);
  });

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined)
      setPlace((options.length + Math.min(place, options.length - 1) + step) % Math.max(1, options.length));
    else if (event.key === "Enter" && isWaiting && active?.kind !== "page") setHurried(true);
    else if (event.key === "Enter" && active) choose(active);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className="palette-in">
        <Icon of={Search} size={18} />
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-label={t(people === null ? "findPage" : findsRequests ? "findRequest" : "find")}
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
          placeholder={t(
            people === null ? "placeholderPage" : findsRequests ? "placeholderRequest" : "placeholder",
          )}
          value={text}
          maxLength={128}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setPlace(0);
            setHurried(false);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <PaletteList id={listId} options={options} active={active} text={text} choose={choose} />
      <PaletteSays
        found={wanted.trim() === "" ? null : found}
        searching={searching}
        hasOptions={options.length > 0}
      />
    </>
  );
}
