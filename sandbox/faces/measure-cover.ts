import type { Picture, Point } from "../images/picture.ts";
import { lookOf, type RegionLook } from "../images/region.ts";

/**
 * Colour distance, and brightening or darkening against the skin, from which the lower face counts as covered. Between
 * what the sample photographs show bare (16, +0.05 and -0.37 at most) and under painted cloth; see cover.test.ts.
 */
const COVERED = { colour: 18, brighter: 0.1, darker: 0.45 } as const;
/** An eye behind a dark lens is dark (against the cheek) and even; a bare eye has white and iris. */
const DARK_LENS = { spread: 0.15, brightness: 0.42 } as const;

/** Corners as places among the 68 landmarks. */
const LOWER_FACE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 35, 33, 31];
const NOSE_BRIDGE = [27, 39, 31, 35, 42];
const EYES = [
  [36, 37, 38, 39, 40, 41],
  [42, 43, 44, 45, 46, 47],
];

/**
 * How far the lower face looks like something other than the face's own skin: below 1 bare, above 1 covered. It must
 * differ from the nose and from the cheeks, so that coloured light on one of them covers nothing. Null when the
 * landmarks leave nothing to compare.
 */
export function measureLowerCover(picture: Picture, landmarks: readonly Point[]): number | null {
  const lower = lookOf(picture, corners(landmarks, LOWER_FACE));
  const skins = [lookOf(picture, corners(landmarks, NOSE_BRIDGE)), lookOfCheeks(picture, landmarks)];
  const differences = skins.flatMap((skin) => (lower && skin && skin.luma > 0 ? differ(lower, skin) : []));
  if (differences.length < skins.length) return null;
  const least = (kind: keyof typeof COVERED) =>
    Math.min(...differences.map((one) => one[kind] / COVERED[kind]));
  return Math.max(least("colour"), least("brighter"), least("darker"));
}

function differ(part: RegionLook, skin: RegionLook) {
  const change = (part.luma - skin.luma) / skin.luma;
  return {
    colour: Math.hypot(part.blue - skin.blue, part.red - skin.red),
    brighter: Math.max(0, change),
    darker: Math.max(0, -change),
  };
}

/** How far both eyes are from being dark and even: below 1 behind dark lenses, above 1 seen. Null as above. */
export function measureEyesSeen(picture: Picture, landmarks: readonly Point[]): number | null {
  const cheeks = lookOfCheeks(picture, landmarks);
  const eyes = EYES.map((places) => lookOf(picture, corners(landmarks, places))).filter(
    (look) => look !== null,
  );
  if (cheeks === null || cheeks.luma === 0 || eyes.length < EYES.length) return null;
  const flattest = Math.min(...eyes.map(({ spread }) => spread)) / cheeks.luma;
  const brightness = eyes.reduce((sum, { luma }) => sum + luma, 0) / eyes.length / cheeks.luma;
  return Math.max(flattest / DARK_LENS.spread, brightness / DARK_LENS.brightness);
}

/** Both cheeks between the eye, the wing of the nose and the jaw. */
function lookOfCheeks(picture: Picture, landmarks: readonly Point[]): RegionLook | null {
  const sides = [
    { eye: [36, 41, 40, 39], wing: 31, jaw: 2 },
    { eye: [42, 47, 46, 45], wing: 35, jaw: 14 },
  ].map(({ eye, wing, jaw }) => {
    const [nose] = corners(landmarks, [wing]);
    const [edge] = corners(landmarks, [jaw]);
    if (!nose || !edge) return null;
    const outer = { x: edge.x + (nose.x - edge.x) * 0.3, y: edge.y + (nose.y - edge.y) * 0.3 };
    const ring = wing === 31 ? [nose, outer] : [outer, nose];
    return lookOf(picture, [...corners(landmarks, eye), ...ring]);
  });
  const [right, left] = sides;
  if (!right || !left) return null;
  const mean = (of: keyof RegionLook) => (right[of] + left[of]) / 2;
  return { luma: mean("luma"), blue: mean("blue"), red: mean("red"), spread: mean("spread") };
}

const corners = (landmarks: readonly Point[], places: readonly number[]): Point[] =>
  places.flatMap((place) => landmarks[place] ?? []);
