import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** The two files of the face detector in `components/capture/`, and their media types. */
const FILES: Record<string, string> = {
  "tiny_face_detector_model-weights_manifest.json": "application/json",
  "tiny_face_detector_model.bin": "application/octet-stream",
};

/** One of the detector's files out of the model package; null for every other name. */
export async function findDetectorFile(
  name: string,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
  const type = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (type === undefined) return null;
  // Found from the working directory: inside a bundle this file's own place is no longer beside node_modules.
  const require = createRequire(path.join(process.cwd(), "package.json"));
  const folder = path.join(path.dirname(require.resolve("@vladmandic/face-api/package.json")), "model");
  return { bytes: new Uint8Array(await readFile(path.join(folder, name))), type };
}
