import { useTranslations } from "next-intl";
import { ViewsMenu } from "#components/saved-views/views-menu.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Note } from "#components/ui/note.tsx";
import { hasChanged } from "#lib/saved-views/rules.ts";
import type { ViewInPlace, ViewName, ViewValues } from "#lib/saved-views/types.ts";
import { removeViewAction, saveViewAction } from "../views/actions.ts";

/** The reader's own views, the one they opened, and what the list shows. */
export type Views = { own: ViewName[]; open: ViewInPlace; shown: ViewValues };

/** The saved views of the room and what can be done with them. */
export function ViewActs({ views: { own, open, shown }, search }: { views: Views; search: string }) {
  const view =
    open === null || open === "missing"
      ? null
      : {
          id: open.id,
          name: open.name,
          owner: open.owner,
          isOwn: open.isOwn,
          isChanged: open.values === null || hasChanged(shown, open.values),
        };
  return (
    <ClientMessages rooms={["savedViews", "errors"]}>
      <ViewsMenu
        own={own}
        view={view}
        search={search}
        acts={{ save: saveViewAction, remove: removeViewAction }}
      />
    </ClientMessages>
  );
}

/** Why a view that was asked for is not what is shown. */
export function ViewTrouble({ open }: { open: ViewInPlace }) {
  const t = useTranslations("savedViews.state");
  if (open === null || (open !== "missing" && open.values !== null)) return null;
  return (
    <Note tone="warn" role="status">
      {open === "missing" ? t("missing") : t("unreadable", { name: open.name })}
    </Note>
  );
}
