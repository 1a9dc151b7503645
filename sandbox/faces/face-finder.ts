import { once } from "node:events";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import type { Picture } from "../images/picture.ts";
import type { FaceAnswer, FaceQuestion, FoundFace } from "./found-face.ts";

/** The detector looks at 512 pixels whatever it is given; a little more keeps the descriptor's detail. */
const detectionSidePx = 640;

export type FaceFinder = {
  /** Finds the faces of a picture, largest first, in its own pixels. Throws when the model fails. */
  find(picture: Picture, options: { withDescriptors: boolean }): Promise<FoundFace[]>;
  close(): Promise<void>;
};

type Waiting = { resolve(faces: FoundFace[]): void; reject(error: Error): void };

/** Starts the face model in a thread of its own and resolves when its weights are loaded. */
export async function startFaceFinder(): Promise<FaceFinder> {
  const worker = new Worker(new URL("./face-thread.mjs", import.meta.url));
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  await once(worker, "message");
  worker.on("message", (answer: FaceAnswer) => settle(waiting, answer));
  worker.on("error", failAll);
  worker.on("exit", () => failAll(new Error("The face model's thread has ended.")));
  return {
    async find(picture, { withDescriptors }) {
      const small = await shrink(picture);
      const id = ++lastId;
      const faces = await new Promise<FoundFace[]>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, ...small, withDescriptors } satisfies FaceQuestion, [small.rgb.buffer]);
      });
      return faces.map((face) => enlarge(face, picture.width / small.width)).sort(byHeight);
    },
    async close() {
      await worker.terminate();
    },
  };
}

function settle(waiting: Map<number, Waiting>, answer: FaceAnswer): void {
  if (answer.kind === "ready") return;
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (answer.kind === "faces") asked?.resolve(answer.faces);
  else asked?.reject(new Error(`The face model failed: ${answer.reason}`));
}

async function shrink(picture: Picture) {
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const { data, info } = await sharp(picture.rgb, { raw })
    .resize({ width: detectionSidePx, height: detectionSidePx, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // A copy: the buffer is handed to the thread, and the library may keep small ones in a shared pool.
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

function enlarge(face: FoundFace, scale: number): FoundFace {
  const { x, y, width, height } = face.box;
  return {
    ...face,
    box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale },
    landmarks: face.landmarks.map((point) => ({ x: point.x * scale, y: point.y * scale })),
  };
}

function byHeight(a: FoundFace, b: FoundFace): number {
  return b.box.height - a.box.height;
}
