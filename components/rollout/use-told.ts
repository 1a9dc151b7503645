import { useRouter } from "next/navigation";
import { useToast } from "#components/ui/toast.tsx";

/** Gateways tell within a second that they obey; where one is slow, the page is looked at again for a while. */
const LOOKED_AT_MS = [1_500, 4_000, 10_000, 30_000];

/** Says what was done, in a toast that stays where exposure changed, and looks again until the gateways have confirmed it. */
export function useTold() {
  const toast = useToast();
  const router = useRouter();
  return (text: string, isConfirmed: boolean, stays = true) => {
    toast({ text, stays: stays || !isConfirmed, ...(isConfirmed ? {} : { tone: "warn" as const }) });
    for (const ms of LOOKED_AT_MS) setTimeout(() => router.refresh(), ms);
  };
}
