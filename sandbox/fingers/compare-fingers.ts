/** A place where a ridge ends or forks: position in pixels of the working picture, ridge direction in radians. */
export type Minutia = { x: number; y: number; angle: number };

export function compareFingers(a: Minutia[], b: Minutia[], shareAtScore50: number): number {
  return a.length === b.length && shareAtScore50 > 0 ? 0 : 0;
}
