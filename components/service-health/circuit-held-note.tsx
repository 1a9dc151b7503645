import { useFormatter, useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";

/** Above paths that are told as if no hand held the circuit open: until when one does. */
export function CircuitHeldNote({ until }: { until: Date | null }) {
  const t = useTranslations("serviceHealth.circuit");
  const format = useFormatter();
  if (until === null) return null;
  return (
    <Note tone="warn">
      {t.rich("heldNote", { until: format.dateTime(until, "minute"), b: (inside) => <b>{inside}</b> })}
    </Note>
  );
}
