"use client";

import "./saved-views.css";
import { Bookmark, Check } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ViewName } from "#lib/saved-views/types.ts";
import { NameDialog } from "./name-dialog.tsx";
import type { MenuView, ViewActs } from "./types.ts";

type ViewsMenuProps = {
  own: readonly ViewName[];
  view: MenuView | null;
  /** What the list shows, as its address says it. */
  search: string;
  acts: ViewActs;
};

const pathOf = (id: string) => `/verifications?view=${id}`;

/** The reader's saved views, and what can be done with the one in place. */
export function ViewsMenu({ own, view, search, acts }: ViewsMenuProps) {
  const t = useTranslations("savedViews");
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const open = (viewId: string) => router.push(pathOf(viewId), { scroll: false });
  return (
    <>
      <button type="button" className="btn views-button" popoverTarget={id}>
        <Icon of={Bookmark} size={16} />
        <span>{view === null ? t("open") : view.name}</span>
        {view?.isChanged ? <span className="m">{t("changed")}</span> : null}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t("open")}
        className="menu views-menu"
      >
        {own.length === 0 ? (
          <p className="m">{t("none")}</p>
        ) : (
          <ul>
            {own.map(({ id: viewId, name }) => (
              <li key={viewId}>
                <Link
                  href={pathOf(viewId)}
                  scroll={false}
                  prefetch={false}
                  onClick={() => popover.current?.hidePopover()}
                  aria-current={viewId === view?.id ? "true" : undefined}
                >
                  <span>{name}</span>
                  {viewId === view?.id ? <Icon of={Check} size={14} /> : null}
                </Link>
              </li>
            ))}
          </ul>
        )}
        {view === null ? null : <InPlace view={view} search={search} acts={acts} onRenamed={open} />}
        <NameDialog kind="create" viewId="" name="" search={search} act={acts.save} onDone={open} />
      </div>
    </>
  );
}

type InPlaceProps = { view: MenuView; search: string; acts: ViewActs; onRenamed(id: string): void };

function InPlace({ view, search, acts, onRenamed }: InPlaceProps) {
  const t = useTranslations("savedViews");
  const router = useRouter();
  return (
    <div className="view-acts">
      <p className="small m2">
        {view.isOwn
          ? t("yours", { name: view.name })
          : t("others", { name: view.name, owner: view.owner ?? t("formerMember") })}
      </p>
      <div className="acts">
        {view.isOwn && view.isChanged ? (
          <ActDialog
            opener={{ text: t("replace.open"), small: true, look: "primary" }}
            title={t("replace.title", { name: view.name })}
            words={{ keep: t("keep"), submit: t("replace.submit"), busy: t("busy") }}
            act={acts.save}
            about={{ viewId: view.id, name: view.name, search }}
            onDone={({ id }) => onRenamed(id)}
          >
            <p>{t("replace.text")}</p>
          </ActDialog>
        ) : null}
        <CopyLink id={view.id} />
        {view.isOwn ? (
          <>
            <NameDialog
              kind="rename"
              viewId={view.id}
              name={view.name}
              search=""
              act={acts.save}
              onDone={() => router.refresh()}
            />
            <ActDialog
              opener={{ text: t("remove.open"), small: true }}
              title={t("remove.title", { name: view.name })}
              danger
              words={{ keep: t("keep"), submit: t("remove.submit"), busy: t("busy") }}
              act={acts.remove}
              about={{ viewId: view.id }}
              onDone={() => router.push("/verifications", { scroll: false })}
            >
              <p>{t("remove.text")}</p>
            </ActDialog>
          </>
        ) : null}
      </div>
    </div>
  );
}

function CopyLink({ id }: { id: string }) {
  const t = useTranslations("savedViews.link");
  const toast = useToast();
  async function copy() {
    const text = await navigator.clipboard.writeText(`${location.origin}${pathOf(id)}`).then(
      () => t("copied"),
      () => t("notCopied"),
    );
    toast({ text });
  }
  return (
    <Button small onClick={() => void copy()}>
      {t("copy")}
    </Button>
  );
}
