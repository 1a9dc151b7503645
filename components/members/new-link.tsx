"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type ShownOnce, useShownOnce } from "#components/forms/use-shown-once.ts";
import type { HandedLink } from "#lib/members/types.ts";

type NewLinkHolder = { shown: ShownOnce<HandedLink> | null; show(link: HandedLink): void; hide(): void };

const NewLinkContext = createContext<NewLinkHolder>({ shown: null, show() {}, hide() {} });

/** The link that was just made, while it may be seen. */
export const useNewLink = () => useContext(NewLinkContext);

/** Holds a new link for everything inside it, as long as it may be seen. */
export function NewLinkProvider({ children }: { children: ReactNode }) {
  return <NewLinkContext value={useShownOnce<HandedLink>()}>{children}</NewLinkContext>;
}
