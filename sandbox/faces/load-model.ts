import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { compileFunction } from "node:vm";
import type * as Tf from "@tensorflow/tfjs-core";
import type * as FaceApi from "@vladmandic/face-api";

const require = createRequire(import.meta.url);

export type FaceModel = { tf: typeof Tf; faceapi: typeof FaceApi };

/**
 * Loads the detector, the landmark finder and the recogniser from the weights in the model package, on WebAssembly.
 *
 * The package's Node build asks for the whole of TensorFlow.js, of which it needs only the core: the core is
 * handed to it instead, which saves installing the rest.
 */
export async function loadModel(): Promise<FaceModel> {
  const wasmEntry = require.resolve("@tensorflow/tfjs-backend-wasm");
  const tf: typeof Tf = require("@tensorflow/tfjs-core");
  const wasm: { setWasmPaths(folder: string): void } = require(wasmEntry);
  addChainedOperations(tf);
  wasm.setWasmPaths(`${path.dirname(wasmEntry)}${path.sep}`);
  if (!(await tf.setBackend("wasm")))
    throw new Error("The WebAssembly backend of the face model did not start.");
  await tf.ready();
  const entry = require.resolve("@vladmandic/face-api/dist/face-api.node-wasm.js");
  const faceapi = await loadCommonJs<typeof FaceApi>(entry, { "@tensorflow/tfjs": tf });
  const folder = path.join(path.dirname(entry), "..", "model");
  const { ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = faceapi.nets;
  await loadWeights(tf, ssdMobilenetv1, path.join(folder, "ssd_mobilenetv1_model"));
  await loadWeights(tf, faceLandmark68Net, path.join(folder, "face_landmark_68_model"));
  await loadWeights(tf, faceRecognitionNet, path.join(folder, "face_recognition_model"));
  return { tf, faceapi };
}

async function loadCommonJs<T>(file: string, instead: Record<string, unknown>): Promise<T> {
  const module = { exports: {} };
  const run = compileFunction(await readFile(file, "utf8"), ["require", "module", "exports"], {
    filename: file,
  });
  run((name: string) => instead[name] ?? require(name), module, module.exports);
  return module.exports as T;
}

type Weights = { loadFromWeightMap(map: Tf.NamedTensorMap): void };

async function loadWeights(tf: typeof Tf, net: unknown, base: string): Promise<void> {
  const manifest: { weights: Tf.io.WeightsManifestEntry[] }[] = JSON.parse(
    await readFile(`${base}-weights_manifest.json`, "utf8"),
  );
  const bytes = new Uint8Array(await readFile(`${base}.bin`));
  const map = tf.io.decodeWeights(
    bytes.buffer,
    manifest.flatMap((group) => group.weights),
  );
  (net as Weights).loadFromWeightMap(map);
}

/** The core leaves out the methods on tensors (`x.sub(y)`), which the full package adds and the model uses. */
function addChainedOperations(tf: typeof Tf): void {
  const tensor = tf.Tensor.prototype as unknown as Record<string, unknown>;
  for (const name of ["add", "sub", "mul", "div", "mean", "reshape"] as const) {
    const operation = tf[name] as (...args: unknown[]) => unknown;
    tensor[name] = function chained(this: Tf.Tensor, ...args: unknown[]) {
      return operation(this, ...args);
    };
  }
  tensor.as1D = function as1D(this: Tf.Tensor) {
    return tf.reshape(this, [this.size]);
  };
  for (const rank of [2, 3, 4]) {
    tensor[`as${rank}D`] = function asRank(this: Tf.Tensor, ...shape: number[]) {
      return tf.reshape(this, shape);
    };
  }
  tensor.toFloat = function toFloat(this: Tf.Tensor) {
    return tf.cast(this, "float32");
  };
  tensor.toInt = function toInt(this: Tf.Tensor) {
    return tf.cast(this, "int32");
  };
}
