"use client";

import { ScanFace } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type CaptureChoice, formOf, isEmpty, NOTHING_CAPTURED } from "#components/capture/capture-choice.ts";
import { LateCapturePane } from "#components/capture/late-capture-pane.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ActionResult } from "#lib/errors.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { RectifyOutcome } from "#lib/requests/types.ts";
import type { ActedRequest } from "./act-types.ts";

type Rectified = ActionResult<RectifyOutcome | null>;
type RectifyProps = {
  request: ActedRequest;
  /** Whether the request waits for a capture; what came of one stays to be read when it no longer does. */
  isOffered: boolean;
  rectify: (form: FormData) => Promise<Rectified>;
};

/** Takes the new picture of an approved rectification, by camera or upload, and says what came of it. */
export function RectifyRequest(props: RectifyProps) {
  const t = useTranslations("request.act.rectify");
  const [open, setOpen] = useState(false);
  return (
    <>
      {props.isOffered ? (
        <Button look="primary" onClick={() => setOpen(true)}>
          <Icon of={ScanFace} size={16} /> {t("open")}
        </Button>
      ) : null}
      {open ? <RectifyDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function RectifyDialog({ request, rectify, onClose }: RectifyProps & { onClose(): void }) {
  const t = useTranslations("request.act.rectify");
  const [choice, setChoice] = useState<CaptureChoice>(NOTHING_CAPTURED);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState<Rectified | null>(null);
  const isOver = done?.ok === true && done.data?.code === "completed";
  const send = async () => {
    setAsked(true);
    if (busy || isEmpty(choice)) return;
    setBusy(true);
    setDone(await rectify(formOf(choice, { requestId: request.id, version: String(request.version) })));
    setBusy(false);
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("title")}
      footer={
        <>
          <Button onClick={onClose}>{t(isOver ? "close" : "cancel")}</Button>
          {isOver ? null : (
            <Button look="primary" aria-disabled={busy || isEmpty(choice)} onClick={() => void send()}>
              {t(busy ? "busy" : "submit")}
            </Button>
          )}
        </>
      }
    >
      <div className="with-capture">
        <LateCapturePane
          choice={choice}
          onChoice={(next) => {
            setChoice(next);
            setDone(null);
          }}
          sending={busy}
          faceAllowed
          fingersAllowed={FINGER_NUMBERS}
          enrolled={[]}
        />
        <div className="facts">
          <p className="m2">{t("text")}</p>
          <div aria-live="polite">
            {asked && isEmpty(choice) ? <p className="small st warn">{t("choose")}</p> : null}
            {done === null ? null : <RectifiedNote done={done} />}
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function RectifiedNote({ done }: { done: Rectified }) {
  const t = useTranslations("request.act.rectify.result");
  const errors = useTranslations("errors");
  if (!done.ok) return <Note tone="bad">{errors(done.error.code)}</Note>;
  const code = done.data?.code ?? "not_replaced";
  return (
    <Note tone={code === "completed" ? "ok" : "warn"}>
      <b>{t(`${code}.title`)}</b> {t(`${code}.text`)}
    </Note>
  );
}
