import { useTranslations } from "next-intl";
import { useCallback } from "react";

type AnyTexts = { (key: string): string; has(key: string): boolean };

/**
 * Words for what an entry holds, by the place of their text. The log outlives the words: for a code of another version
 * there is none, and the code itself is the honest answer.
 */
export function useWords(): (places: readonly string[], otherwise: string) => string {
  // Entries hold any code there ever was, so the keys cannot be typed.
  const t = useTranslations() as unknown as AnyTexts;
  return useCallback(
    (places, otherwise) => {
      const place = places.find((one) => t.has(one));
      return place === undefined ? otherwise : t(place);
    },
    [t],
  );
}
