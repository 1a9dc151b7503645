"use client";

import "./people.css";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { rowLinks } from "#components/data-table/use-row-keys.ts";
import { useView, type View } from "#components/data-table/use-view.ts";
import { ViewMenu } from "#components/data-table/view-menu.tsx";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import {
  type CustomIdSight,
  type PeopleFilters as Filters,
  LIST_MAX,
  type PeopleList,
  SEARCH_PURPOSES,
  type SearchPurpose,
} from "#lib/people/types.ts";
import { useHandedText } from "./handed-text.ts";
import { Nobody } from "./nobody.tsx";
import { PastedList } from "./pasted-list.tsx";
import { PeopleFilters } from "./people-filters.tsx";
import { PeoplePager } from "./people-pager.tsx";
import { PeopleTable, usePeopleColumns } from "./people-table.tsx";
import { type FindListed, usePastedList } from "./use-pasted-list.ts";
import { usePurpose } from "./use-purpose.ts";
import { type SearchAction, type SettleAction, useSearch } from "./use-search.ts";

type PeopleFinderProps = {
  recent: PeopleList;
  filters: Filters;
  sight: CustomIdSight;
  exposurePercent: number;
  /** Leads to the import of people enrolled before Gatehouse. */
  mayImport: boolean;
  search: SearchAction;
  settle: SettleAction;
  findListed: FindListed;
};

/** One box that finds people by CustomID while somebody types, or by a pasted list; without a text, the people enrolled last. */
export function PeopleFinder(props: PeopleFinderProps) {
  const { recent, filters, sight, exposurePercent, mayImport, ...actions } = props;
  const t = useTranslations("people");
  const [text, setText] = useHandedText();
  const [purpose, setPurpose] = usePurpose();
  const input = useMemo(() => ({ text, filters, purpose }), [text, filters, purpose]);
  const { found, searching, settle } = useSearch(input, actions.search, actions.settle);
  const pasted = usePastedList(actions.findListed, purpose);
  const [view, changeView] = useView("people");
  const columns = usePeopleColumns(exposurePercent, settle);
  const table = useRef<HTMLTableElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);

  const answer = text.trim() !== "" && found?.result.ok ? found.result.data : null;
  const list = answer === null ? recent : answer.ok ? answer : { people: [], hasMore: false };
  const kind = answer?.ok ? answer.kind : null;
  const shown = { columns, view, sight, table };

  function change(next: string) {
    setText(next);
    pasted.clear();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const first = rowLinks(table.current)[0];
    if (event.key === "Escape") change("");
    else if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Enter" && answer !== null && !searching) first?.click();
    else return;
    event.preventDefault();
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    if (!pasted.take(event.clipboardData.getData("text"))) return;
    event.preventDefault();
    setText("");
  }

  return (
    <>
      <h1 className="vh">{t("title")}</h1>
      <search className="finder">
        <div className="finder-row">
          <div className="in">
            <Icon of={Search} size={18} />
            <input
              ref={box}
              type="text"
              aria-label={t("search.label")}
              placeholder={t(sight === "whole" ? "search.placeholder" : "search.placeholderMasked")}
              value={text}
              maxLength={128}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => change(event.currentTarget.value)}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
            />
            {kind === null ? null : <span className="m small finder-kind">{t(`search.kind.${kind}`)}</span>}
            {text === "" ? null : <kbd>Esc</kbd>}
          </div>
          <PurposeSelect purpose={purpose} onChange={setPurpose} />
        </div>
        <p className="small m" style={{ paddingTop: 8 }}>
          {t(sight === "whole" ? "search.note" : "search.noteMasked")} {t("pasted.hint", { most: LIST_MAX })}
        </p>
      </search>
      {pasted.list ? <PastedList list={pasted.list} clear={pasted.clear} {...shown} /> : null}
      {pasted.list === null ? (
        <>
          <FinderActs
            filters={filters}
            said={searching ? t("search.searching") : countText(t, answer, list)}
            mayImport={mayImport}
            {...{ columns, view, changeView }}
          />
          <h2 className="vh">{t(answer === null ? "search.recent" : "search.results")}</h2>
          {list.people.length > 0 ? (
            <>
              <PeopleTable people={list.people} {...shown} />
              <PeoplePager list={list} sight={sight} isSearch={answer !== null} />
            </>
          ) : (
            <Nobody
              found={text.trim() === "" ? null : found}
              filters={filters}
              sight={sight}
              searching={searching}
              isWhole={!list.hasMore}
            />
          )}
          {found && !found.result.ok ? <ActFailure error={found.result.error} /> : null}
        </>
      ) : null}
    </>
  );
}

type FinderActsProps = Pick<PeopleFinderProps, "filters" | "mayImport"> & {
  said: string;
  columns: ReturnType<typeof usePeopleColumns>;
  view: View;
  changeView(view: View): void;
};

/** What narrows the list, how long it is, and what is done with people as a list. */
function FinderActs({ filters, mayImport, said, columns, view, changeView }: FinderActsProps) {
  const t = useTranslations("people");
  return (
    <div className="acts finder-acts">
      <PeopleFilters filters={filters} />
      <span className="m small count" role="status">
        {said}
      </span>
      {mayImport ? (
        <ButtonLink href="/people/import" look="quiet">
          {t("import")}
        </ButtonLink>
      ) : null}
      <ViewMenu columns={columns.filter(({ fixed }) => !fixed)} view={view} onChange={changeView} />
    </div>
  );
}

type PurposeSelectProps = { purpose: SearchPurpose; onChange(purpose: SearchPurpose): void };

function PurposeSelect({ purpose, onChange }: PurposeSelectProps) {
  const t = useTranslations("people.purpose");
  return (
    <select
      className="in"
      aria-label={t("label")}
      value={purpose}
      onChange={({ currentTarget: { value } }) =>
        onChange(SEARCH_PURPOSES.find((known) => known === value) ?? purpose)
      }
    >
      {SEARCH_PURPOSES.map((known) => (
        <option key={known} value={known}>
          {t(known)}
        </option>
      ))}
    </select>
  );
}

type Texts = ReturnType<typeof useTranslations<"people">>;

function countText(t: Texts, answer: { ok: boolean } | null, { people, hasMore }: PeopleList): string {
  const count = people.length;
  if (answer === null)
    return count === 0 ? "" : t(hasMore ? "search.recentMore" : "search.recent", { count });
  if (!answer.ok) return "";
  return t(hasMore ? "search.foundMore" : "search.found", { count });
}
