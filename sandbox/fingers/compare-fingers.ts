/** A place where a ridge ends or forks: position in pixels of the working picture, ridge direction in radians, 0..pi. */
export type Minutia = { x: number; y: number; angle: number };

/** How far one capture may be turned against the other. */
const maxTurn = (20 * Math.PI) / 180;
/** Two minutiae are the same when they come this near to each other, in place and direction. */
const nearPx = 9;
const nearAngle = (20 * Math.PI) / 180;

type Placement = { cos: number; sin: number; dx: number; dy: number; turn: number };
type Pairing = [Minutia, Minutia][];

/**
 * Score 0..100 of two prints: lays one on the other in every way that brings one pair of minutiae together, within
 * ±20°, and takes the way that pairs most. 50 where the share of paired minutiae is `shareAtScore50`.
 */
export function compareFingers(a: Minutia[], b: Minutia[], shareAtScore50: number): number {
  const share = pairedShare(a, b);
  const score =
    share <= shareAtScore50
      ? (50 * share) / shareAtScore50
      : 50 + (50 * (share - shareAtScore50)) / (1 - shareAtScore50);
  return Math.round(score * 100) / 100;
}

/** Largest number of pairs, over the number of minutiae of the poorer print. */
function pairedShare(a: Minutia[], b: Minutia[]): number {
  let best: Pairing = [];
  for (const from of a) {
    for (const to of b) {
      const turn = angleBetween(from.angle, to.angle);
      if (Math.abs(turn) > maxTurn) continue;
      const pairing = pair(a, b, place(from, to, turn));
      if (pairing.length > best.length) best = pairing;
    }
  }
  // The turn of a single pair is rough; the best pairing as a whole gives a finer one.
  for (let round = 0; round < 3 && best.length >= 3; round++) {
    const finer = pair(a, b, settle(best));
    if (finer.length <= best.length && round > 0) break;
    if (finer.length >= best.length) best = finer;
  }
  return best.length / Math.max(1, Math.min(a.length, b.length));
}

function place(from: Minutia, to: Minutia, turn: number): Placement {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return {
    cos,
    sin,
    dx: to.x - (cos * from.x - sin * from.y),
    dy: to.y - (sin * from.x + cos * from.y),
    turn,
  };
}

/** Pairs each minutia with the first free one near where it falls. */
function pair(a: Minutia[], b: Minutia[], { cos, sin, dx, dy, turn }: Placement): Pairing {
  const taken = new Set<Minutia>();
  const pairs: Pairing = [];
  for (const from of a) {
    const x = cos * from.x - sin * from.y + dx;
    const y = sin * from.x + cos * from.y + dy;
    const partner = b.find(
      (to) =>
        Math.abs(to.x - x) < nearPx &&
        Math.hypot(to.x - x, to.y - y) < nearPx &&
        !taken.has(to) &&
        Math.abs(angleBetween(from.angle + turn, to.angle)) < nearAngle,
    );
    if (partner === undefined) continue;
    taken.add(partner);
    pairs.push([from, partner]);
  }
  return pairs;
}

/** The turn and shift with the least squared distance between the paired minutiae. */
function settle(pairs: Pairing): Placement {
  const mean = (pick: (pair: [Minutia, Minutia]) => number) =>
    pairs.reduce((sum, each) => sum + pick(each), 0) / pairs.length;
  const [ax, ay] = [mean(([a]) => a.x), mean(([a]) => a.y)];
  const [bx, by] = [mean(([, b]) => b.x), mean(([, b]) => b.y)];
  let dot = 0;
  let cross = 0;
  for (const [a, b] of pairs) {
    dot += (a.x - ax) * (b.x - bx) + (a.y - ay) * (b.y - by);
    cross += (a.x - ax) * (b.y - by) - (a.y - ay) * (b.x - bx);
  }
  const turn = Math.atan2(cross, dot);
  const middle = { x: ax, y: ay, angle: 0 };
  return place(middle, { x: bx, y: by, angle: 0 }, turn);
}

/** Turn from one direction to another, both without sense: -pi/2..pi/2. */
function angleBetween(from: number, to: number): number {
  const turn = (to - from) % Math.PI;
  if (turn > Math.PI / 2) return turn - Math.PI;
  return turn < -Math.PI / 2 ? turn + Math.PI : turn;
}
