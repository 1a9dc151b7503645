"use client";

import { Copy } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";

type CopyFactsProps = { text: string; words: Record<"copy" | "copied" | "failed", string> };

/** Copies the facts of a record, to be sent to whoever looks into it. */
export function CopyFacts({ text, words }: CopyFactsProps) {
  const toast = useToast();
  async function copy() {
    const said = await navigator.clipboard.writeText(text).then(
      () => words.copied,
      () => words.failed,
    );
    toast({ text: said });
  }
  return (
    <Button icon={Copy} onClick={copy}>
      {words.copy}
    </Button>
  );
}
