import { say } from "../supervisor/print.ts";

/** Says how far a long act is. On a terminal one line is written over; elsewhere each tenth is a line of its own. */
export type Progress = (doing: string, share: number) => void;

/** Starts a progress line; `end` leaves it as it stands. */
export function startProgress(): { progress: Progress; end(): void } {
  const { stdout } = process;
  let shown = "";
  const progress: Progress = (doing, share) => {
    const line = `${doing}: ${Math.floor(share * 100)} %`;
    if (stdout.isTTY) stdout.write(`\r${line.padEnd(60)}`);
    else if (tenthOf(share, doing) !== shown) say(line);
    shown = tenthOf(share, doing);
  };
  return { progress, end: () => (stdout.isTTY && shown !== "" ? say() : undefined) };
}

const tenthOf = (share: number, doing: string): string => `${doing} ${Math.floor(share * 10)}`;
