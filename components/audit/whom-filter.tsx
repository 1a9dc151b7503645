"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FilterMenu } from "#components/ui/filter-menu.tsx";
import type { SubjectRef } from "#lib/audit/types.ts";
import type { ActionResult } from "#lib/errors.ts";

type WhomFilterProps = {
  isChosen: boolean;
  /** The list without this filter; the references are added to it. */
  clearHref: string;
  find(asked: { customId: string }): Promise<ActionResult<{ refs: SubjectRef[]; entries: number }>>;
};

type Said = "none" | "missing" | "failed" | null;

/**
 * Narrows the log to one person. The CustomID goes to the server and nowhere else; the address gets the references the
 * log names them by.
 */
export function WhomFilter({ isChosen, clearHref, find }: WhomFilterProps) {
  const t = useTranslations("audit.filter");
  const router = useRouter();
  const [said, setSaid] = useState<Said>(null);
  const [busy, setBusy] = useState(false);

  async function look(form: HTMLFormElement) {
    const customId = String(new FormData(form).get("customId") ?? "");
    if (customId === "") return setSaid("missing");
    setBusy(true);
    const found = await find({ customId }).catch(() => null);
    setBusy(false);
    if (!found?.ok) return setSaid("failed");
    if (found.data.entries === 0) return setSaid("none");
    setSaid(null);
    form.closest<HTMLElement>("[popover]")?.hidePopover();
    const whom = found.data.refs.map(({ epoch, ref }) => `${epoch}-${ref}`).join(",");
    router.push(`${clearHref}${clearHref.includes("?") ? "&" : "?"}whom=${whom}`, { scroll: false });
  }

  return (
    <FilterMenu
      name={t("whom")}
      chosen={isChosen ? t("person") : null}
      clearHref={clearHref}
      words={{ choose: t("choose", { name: t("whom") }), remove: t("remove", { name: t("whom") }) }}
    >
      <form
        className="whom-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (!busy) void look(event.currentTarget);
        }}
      >
        <Field
          name="customId"
          className="mono"
          label={t("customId")}
          help={t("customIdHelp")}
          error={said === null ? undefined : t(`customIdSaid.${said}`)}
          autoComplete="off"
          spellCheck={false}
          maxLength={128}
        />
        <Button type="submit" small aria-disabled={busy}>
          {busy ? t("looking") : t("look")}
        </Button>
      </form>
    </FilterMenu>
  );
}
