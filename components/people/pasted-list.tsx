import { Copy, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import type { DataColumn } from "#components/data-table/data-table.tsx";
import type { View } from "#components/data-table/use-view.ts";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { CUSTOM_ID_MAX, type CustomIdSight, LIST_MAX, type PersonListItem } from "#lib/people/types.ts";
import { PeopleTable } from "./people-table.tsx";
import type { PastedList as List } from "./use-pasted-list.ts";

type PastedListProps = {
  list: List;
  columns: readonly DataColumn<PersonListItem>[];
  view: View;
  sight: CustomIdSight;
  table: RefObject<HTMLTableElement | null>;
  clear(): void;
};

/** What came of a pasted list: those found, in its order, and those nobody has, with what that means. */
export function PastedList({ list, clear, ...table }: PastedListProps) {
  const t = useTranslations("people.pasted");
  const count = list.customIds.length;
  return (
    <>
      <div className="acts pasted-acts">
        <button
          type="button"
          className="chip on"
          aria-label={`${t("clear")}: ${t("chip", { count })}`}
          onClick={clear}
        >
          {t("chip", { count })} <Icon of={X} size={12} />
        </button>
        <span role="status" className="m small">
          {list.trouble === null && list.result?.ok
            ? t("found", { found: count - list.result.data.missing.length, count })
            : null}
        </span>
      </div>
      {list.trouble === null ? (
        <Answer list={list} {...table} />
      ) : (
        <Note tone="bad" role="alert">
          {t(list.trouble, { count, most: list.trouble === "tooMany" ? LIST_MAX : CUSTOM_ID_MAX })}
        </Note>
      )}
    </>
  );
}

type AnswerProps = Omit<PastedListProps, "list" | "clear"> & { list: Extract<List, { trouble: null }> };

function Answer({ list: { customIds, result }, ...table }: AnswerProps) {
  const t = useTranslations("people.pasted");
  if (result === null) return null;
  if (!result.ok) return <ActFailure error={result.error} />;
  const { people, missing } = result.data;
  return (
    <>
      {people.length > 0 ? <PeopleTable people={people} {...table} /> : <p className="m2">{t("nobody")}</p>}
      {missing.length > 0 ? <Missing customIds={missing.flatMap((place) => customIds[place] ?? [])} /> : null}
    </>
  );
}

function Missing({ customIds }: { customIds: readonly string[] }) {
  const t = useTranslations("people.pasted");
  const pager = useTranslations("people.pager");
  const toast = useToast();
  const count = customIds.length;
  async function copy() {
    const text = await navigator.clipboard.writeText(customIds.join("\n")).then(
      () => t("copied", { count }),
      () => pager("notCopied"),
    );
    toast({ text });
  }
  return (
    <section className="sec pasted-missing">
      <header>
        <h2>{t("missing", { count })}</h2>
        <span className="end">
          <Button small look="quiet" icon={Copy} onClick={() => void copy()}>
            {t("copyMissing")}
          </Button>
        </span>
      </header>
      <p className="m2">{t("missingText")}</p>
      <ul className="mono">
        {customIds.map((customId) => (
          <li key={customId}>{customId}</li>
        ))}
      </ul>
    </section>
  );
}
