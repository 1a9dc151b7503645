"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type ShownOnce, useShownOnce } from "#components/forms/use-shown-once.ts";
import type { NewKey } from "#lib/applications/types.ts";

type KeyOfApplication = NewKey & { applicationId: string };
export type ShownKey = ShownOnce<KeyOfApplication>;

type NewKeyHolder = { shown: ShownKey | null; show(key: KeyOfApplication): void; hide(): void };

const NewKeyContext = createContext<NewKeyHolder>({ shown: null, show() {}, hide() {} });

/** The key that was just made, while it may be seen. */
export const useNewKey = () => useContext(NewKeyContext);

/** Holds a new key for everything inside it, as long as it may be seen. */
export function NewKeyProvider({ children }: { children: ReactNode }) {
  return <NewKeyContext value={useShownOnce<KeyOfApplication>()}>{children}</NewKeyContext>;
}
