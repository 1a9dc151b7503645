/** One convolution of the network; `depthwise` is null for a plain one. */
export type Layer = {
  depthwise: Float32Array | null;
  /** Input channel by input channel, each with its value for every output channel. */
  filters: Float32Array;
  bias: Float32Array;
};

export type FaceWeights = { first: Layer; separable: Layer[]; last: Layer };

/** What the manifest beside the weights says of one of them: its place is the sum of those before. */
type Entry = { name: string; shape: number[]; quantization: { scale: number; min: number } };
export type WeightsManifest = { weights: Entry[] }[];

const SEPARABLE = ["conv1", "conv2", "conv3", "conv4", "conv5"] as const;

/**
 * Unpacks the weights of the tiny face detector: a byte each, with scale and offset of their own for every tensor.
 * @throws when the files do not belong together.
 */
export function readWeights(manifest: WeightsManifest, bytes: Uint8Array): FaceWeights {
  const tensors = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, shape, quantization } of manifest.flatMap(({ weights }) => weights)) {
    const length = shape.reduce((product, side) => product * side, 1);
    const packed = bytes.subarray(at, at + length);
    tensors.set(
      name,
      Float32Array.from(packed, (value) => value * quantization.scale + quantization.min),
    );
    at += length;
  }
  const tensor = (name: string): Float32Array => {
    const found = tensors.get(name);
    if (found === undefined || at !== bytes.length)
      throw new Error(`The detector's files do not fit: ${name}.`);
    return found;
  };
  const plain = (name: string): Layer => ({
    depthwise: null,
    filters: tensor(`${name}/filters`),
    bias: tensor(`${name}/bias`),
  });
  return {
    first: plain("conv0"),
    separable: SEPARABLE.map((name) => ({
      depthwise: tensor(`${name}/depthwise_filter`),
      filters: tensor(`${name}/pointwise_filter`),
      bias: tensor(`${name}/bias`),
    })),
    last: plain("conv8"),
  };
}
