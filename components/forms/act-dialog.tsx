"use client";

import "./forms.css";
import type { LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { createPortal } from "react-dom";
import { useProven } from "#components/proof/step-up.tsx";
import { Button, type ButtonLook } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import { useKey } from "#components/ui/use-key.ts";
import type { ActionError } from "#lib/errors.ts";
import type { Act, FieldErrors } from "./types.ts";

type ActDialogProps<Data> = {
  opener: {
    text: string;
    look?: ButtonLook | "link";
    small?: boolean;
    icon?: LucideIcon;
    /** The letter that opens it from anywhere on the page. */
    letter?: string;
  };
  title: string;
  /** Ends something: the bar above, and the verb in red. */
  danger?: boolean;
  words: { keep: string; submit: string; busy: string };
  act: Act<Data>;
  /** Sent along with what is filled in. */
  about: Record<string, string | number>;
  onDone?(data: Data): void;
  children: ReactNode | ((errors: FieldErrors) => ReactNode);
};

/** A button and the dialog that does what it announces, asking for a proof where one is due; what was typed stays where the act is refused. */
export function ActDialog<Data>(props: ActDialogProps<Data>) {
  const { opener, title, danger, words, about, onDone, children } = props;
  const act = useProven(props.act);
  const formId = useId();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  // Each opening begins with what is so now.
  const [round, setRound] = useState(0);

  function open() {
    setError(null);
    setRound((before) => before + 1);
    setOpen(true);
  }

  async function run(form: FormData) {
    setBusy(true);
    for (const [name, value] of Object.entries(about)) form.set(name, String(value));
    const result = await act(form);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (result.ok) {
      setOpen(false);
      onDone?.(result.data);
    } else if (result.error.code === "conflict") router.refresh();
  }

  function close() {
    setOpen(false);
    // It was refused for what somebody else did meanwhile: the page shows that once nothing typed can be lost by it.
    if (isTold(error)) router.refresh();
  }

  useKey(opener.letter ?? "", open);

  const dialog = () => (
    <Dialog
      open={isOpen}
      onClose={close}
      title={title}
      {...(danger ? { danger } : {})}
      footer={
        <>
          <Button onClick={close}>{words.keep}</Button>
          <Button type="submit" form={formId} look={danger ? "kill" : "primary"} aria-disabled={busy}>
            {busy ? words.busy : words.submit}
          </Button>
        </>
      }
    >
      <form
        key={round}
        id={formId}
        className="act-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void run(new FormData(event.currentTarget));
        }}
      >
        {typeof children === "function" ? children(error?.fields ?? {}) : children}
        {/* What has to do with no field is told by the dialog itself. */}
        <div role="alert">{error === null || isTold(error) ? null : <Failure error={error} />}</div>
      </form>
    </Dialog>
  );
  return (
    <>
      <Opener {...opener} onOpen={open} />
      {/* Outside of the sentence or row that its button stands in. */}
      {round === 0 ? null : createPortal(dialog(), document.body)}
    </>
  );
}

/** Why it was refused is said among the fields, about the request or the rollout as a whole. */
const isTold = (error: ActionError | null): boolean =>
  error?.fields?.request !== undefined || error?.fields?.rollout !== undefined;

type OpenerProps = ActDialogProps<unknown>["opener"] & { onOpen(): void };

function Opener({ text, look = "plain", small, icon, letter, onOpen }: OpenerProps) {
  if (look === "link")
    return (
      <button type="button" className="link" onClick={onOpen}>
        {text}
      </button>
    );
  return (
    <Button
      look={look}
      {...(small ? { small } : {})}
      {...(icon ? { icon } : {})}
      {...(letter ? { "aria-keyshortcuts": letter.toUpperCase() } : {})}
      onClick={onOpen}
    >
      {text} {letter ? <kbd>{letter.toUpperCase()}</kbd> : null}
    </Button>
  );
}

function Failure({ error }: { error: ActionError }) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <Note tone="bad">
      {t(error.code)}{" "}
      {error.code === "invalid_input" ? null : (
        <span className="small m2">{common("reference", { id: error.requestId })}</span>
      )}
    </Note>
  );
}
