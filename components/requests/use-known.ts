import { useRef, useState } from "react";
import type { KnownPerson } from "#lib/inbox/types.ts";
import type { FindRequests } from "./request-finder.tsx";

/** What is known of the person a form is about; asked once for each CustomID, when its field is left. */
export function useKnown(find: FindRequests, customId: string) {
  const [known, setKnown] = useState<{ customId: string; person: KnownPerson } | null>(null);
  const asked = useRef("");
  async function look() {
    if (customId === "" || asked.current === customId) return;
    asked.current = customId;
    const result = await find({ text: customId });
    if (result.ok && result.data.by === "person" && asked.current === customId)
      setKnown({ customId, person: result.data.person });
  }
  return { known: known?.customId === customId ? known.person : null, look: () => void look() };
}
