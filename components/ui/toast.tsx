"use client";

import { CircleCheck, Hourglass, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

const SHOWN_MS = 6000;

export type ToastMessage = {
  tone?: "ok" | "warn";
  text: string;
  detail?: string;
  /** For a change of exposure or a destructive act: stays until it is closed. */
  stays?: boolean;
};

type Shown = ToastMessage & { id: number };

const ToastContext = createContext<(message: ToastMessage) => void>(() => {});

/** Shows a short message at the lower right; only for what also lives on in the page. */
export const useToast = () => useContext(ToastContext);

/** Holds the toasts of everything inside it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const lastId = useRef(0);
  const close = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (message: ToastMessage) => {
      lastId.current += 1;
      const id = lastId.current;
      setShown((all) => [...all, { ...message, id }]);
      if (!message.stays) setTimeout(() => close(id), SHOWN_MS);
    },
    [close],
  );
  const list = useMemo(
    () => shown.map((toast) => <Toast key={toast.id} toast={toast} onClose={() => close(toast.id)} />),
    [shown, close],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status">
        {list}
      </div>
    </ToastContext>
  );
}

function Toast({ toast, onClose }: { toast: Shown; onClose(): void }) {
  const t = useTranslations("common");
  const warns = toast.tone === "warn";
  return (
    <div className={classNames("toast", warns && "w")}>
      <Icon of={warns ? Hourglass : CircleCheck} />
      <span>
        {toast.text}
        {toast.detail === undefined ? null : <small>{toast.detail}</small>}
      </span>
      <Button look="quiet" small onClick={onClose} aria-label={t("close")}>
        <Icon of={X} size={14} />
      </Button>
    </div>
  );
}
