"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type ShownOnce, useShownOnce } from "#components/forms/use-shown-once.ts";

/** Links that were just made, each with the address that is handed to a tester. */
export type HandedLinks = { links: { number: number; address: string }[]; endsAt: Date };

type NewLinksHolder = { shown: ShownOnce<HandedLinks> | null; show(links: HandedLinks): void; hide(): void };

const NewLinksContext = createContext<NewLinksHolder>({ shown: null, show() {}, hide() {} });

/** The links that were just made, while they may be seen. */
export const useNewLinks = () => useContext(NewLinksContext);

/** Holds new links for everything inside it, as long as they may be seen. */
export function NewLinksProvider({ children }: { children: ReactNode }) {
  return <NewLinksContext value={useShownOnce<HandedLinks>()}>{children}</NewLinksContext>;
}
