"use client";

import "./people.css";
import { Search, SearchX, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { rowLinks } from "#components/data-table/use-row-keys.ts";
import { useView } from "#components/data-table/use-view.ts";
import { ViewMenu } from "#components/data-table/view-menu.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { State } from "#components/ui/state.tsx";
import type { CustomIdSight, PeopleFilters as Filters, PeopleList } from "#lib/people/types.ts";
import { takeHandedText } from "./handed-text.ts";
import { PeopleFilters } from "./people-filters.tsx";
import { PeopleTable, usePeopleColumns } from "./people-table.tsx";
import { type Found, type SearchAction, type SettleAction, useSearch } from "./use-search.ts";

type PeopleFinderProps = {
  recent: PeopleList;
  filters: Filters;
  sight: CustomIdSight;
  exposurePercent: number;
  search: SearchAction;
  settle: SettleAction;
};

/** One box that finds people by CustomID while somebody types; without a text, the people enrolled last. */
export function PeopleFinder({ recent, filters, sight, exposurePercent, ...actions }: PeopleFinderProps) {
  const t = useTranslations("people");
  const [text, setText] = useState(takeHandedText);
  const input = useMemo(() => ({ text, filters }), [text, filters]);
  const { found, searching, settle } = useSearch(input, actions.search, actions.settle);
  const [view, changeView] = useView("people");
  const columns = usePeopleColumns(exposurePercent, settle);
  const table = useRef<HTMLTableElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);

  const answer = text.trim() !== "" && found?.result.ok ? found.result.data : null;
  const list = answer === null ? recent : answer.ok ? answer : { people: [], hasMore: false };
  const kind = answer?.ok ? answer.kind : null;

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const first = rowLinks(table.current)[0];
    if (event.key === "Escape") setText("");
    else if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Enter" && answer !== null && !searching) first?.click();
    else return;
    event.preventDefault();
  }

  return (
    <>
      <h1 className="vh">{t("title")}</h1>
      <search className="finder">
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
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {kind === null ? null : <span className="m small finder-kind">{t(`search.kind.${kind}`)}</span>}
          {text === "" ? null : <kbd>Esc</kbd>}
        </div>
        <p className="small m" style={{ paddingTop: 8 }}>
          {t(sight === "whole" ? "search.note" : "search.noteMasked")}
        </p>
      </search>
      <div className="acts finder-acts">
        <PeopleFilters filters={filters} />
        <span className="m small count" role="status">
          {searching ? t("search.searching") : countText(t, answer, list)}
        </span>
        <ViewMenu columns={columns.filter(({ fixed }) => !fixed)} view={view} onChange={changeView} />
      </div>
      <h2 className="vh">{t(answer === null ? "search.recent" : "search.results")}</h2>
      {list.people.length > 0 ? (
        <>
          <PeopleTable people={list.people} columns={columns} view={view} sight={sight} table={table} />
          <Pager list={list} sight={sight} isSearch={answer !== null} />
        </>
      ) : (
        <Nobody
          found={text.trim() === "" ? null : found}
          filters={filters}
          sight={sight}
          searching={searching}
        />
      )}
      {found && !found.result.ok ? (
        <Failure code={found.result.error.code} id={found.result.error.requestId} />
      ) : null}
    </>
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

function Pager({ list, sight, isSearch }: { list: PeopleList; sight: CustomIdSight; isSearch: boolean }) {
  const t = useTranslations("people.pager");
  const count = list.people.length;
  return (
    <div className="pager">
      <span className="only-wide">
        <kbd>↑</kbd> <kbd>↓</kbd> {t("move")}
      </span>
      <span className="only-wide">
        <kbd>Enter</kbd> {t("open")}
      </span>
      {sight === "whole" ? (
        <span className="only-wide">
          <kbd>C</kbd> {t("copy")}
        </span>
      ) : null}
      <span className="end">
        {list.hasMore ? t("more", { count }) : t("all", { count })}
        {list.hasMore && isSearch ? ` · ${t("moreHint")}` : ""}
      </span>
    </div>
  );
}

type NobodyProps = { found: Found | null; filters: Filters; sight: CustomIdSight; searching: boolean };

/** Why the list is empty, and what to do about it. */
function Nobody({ found, filters, sight, searching }: NobodyProps) {
  const t = useTranslations("people");
  const isFiltered = Object.values(filters).some(Boolean);
  if (found === null) {
    if (searching) return null;
    if (isFiltered)
      return (
        <State icon={SearchX} title={t("noneFiltered.title")}>
          {t("noneFiltered.text")}
        </State>
      );
    return (
      <State
        icon={UserPlus}
        title={t("empty.title")}
        act={<ButtonLink href="/sample">{t("empty.act")}</ButtonLink>}
      >
        {t("empty.text")}
      </State>
    );
  }
  if (!found.result.ok) return null;
  if (!found.result.data.ok)
    return (
      <State icon={SearchX} title={t("tooBroad.title")}>
        {t("tooBroad.text")}
      </State>
    );
  const { text } = found.input;
  const length = sight === "masked" ? "masked" : text.trim().length < 3 ? "short" : "other";
  return (
    <State icon={SearchX} title={t("nobody.title", { text })}>
      {t("nobody.text", { length })} {isFiltered ? t("nobody.filtered") : null}
    </State>
  );
}

function Failure({
  code,
  id,
}: {
  code: Parameters<ReturnType<typeof useTranslations<"errors">>>[0];
  id: string;
}) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <Note tone="bad" role="alert">
      {t(code)} <span className="m small">{common("reference", { id })}</span>
    </Note>
  );
}
