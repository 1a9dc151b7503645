import type { Layer } from "./read-weights.ts";

/** A square picture of numbers: row by row, each place with all its channels. */
export type Plane = { side: number; channels: number; values: Float32Array };

/** What a negative value keeps of itself: the network was trained with it. */
const LEAK = 0.1;

/** Three by three places, every input channel to every output channel, without a border: two rows are lost. */
export function convolve(input: Plane, { filters, bias }: Layer): Plane {
  const { channels } = input;
  const side = input.side - 2;
  const wide = bias.length;
  const values = new Float32Array(side * side * wide);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const to = (y * side + x) * wide;
      values.set(bias, to);
      for (let tap = 0; tap < 9; tap++) {
        const from = ((y + Math.floor(tap / 3)) * input.side + x + (tap % 3)) * channels;
        addProducts(values, to, input.values, from, channels, filters, tap * channels * wide, wide);
      }
    }
  }
  return leak({ side, channels: wide, values });
}

/** Three by three places of each channel by itself, then all channels of a place together; the side stays. */
export function convolveSeparably(input: Plane, layer: Layer): Plane {
  return leak(mix(filterEach(input, layer.depthwise ?? new Float32Array()), layer));
}

/** All channels of a place together. */
export function mix({ side, channels, values: from }: Plane, { filters, bias }: Layer): Plane {
  const wide = bias.length;
  const values = new Float32Array(side * side * wide);
  for (let place = 0; place < side * side; place++) {
    values.set(bias, place * wide);
    addProducts(values, place * wide, from, place * channels, channels, filters, 0, wide);
  }
  return { side, channels: wide, values };
}

/** The largest of two by two places, `step` places apart; beyond the edge there is nothing. */
export function pool(input: Plane, step: 1 | 2): Plane {
  const { channels, values: from } = input;
  const side = Math.ceil(input.side / step);
  const values = new Float32Array(side * side * channels).fill(-Infinity);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let tap = 0; tap < 4; tap++) {
        const [atY, atX] = [y * step + (tap >> 1), x * step + (tap & 1)];
        if (atY < input.side && atX < input.side)
          keepLargest(values, (y * side + x) * channels, from, (atY * input.side + atX) * channels, channels);
      }
    }
  }
  return { side, channels, values };
}

function filterEach({ side, channels, values: from }: Plane, filters: Float32Array): Plane {
  const values = new Float32Array(from.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const to = (y * side + x) * channels;
      for (let tap = 0; tap < 9; tap++) {
        const [atY, atX] = [y + Math.floor(tap / 3) - 1, x + (tap % 3) - 1];
        if (atY < 0 || atX < 0 || atY >= side || atX >= side) continue;
        const at = (atY * side + atX) * channels;
        for (let channel = 0; channel < channels; channel++)
          values[to + channel] =
            (values[to + channel] ?? 0) +
            (from[at + channel] ?? 0) * (filters[tap * channels + channel] ?? 0);
      }
    }
  }
  return { side, channels, values };
}

/** Four outputs at a time: sums kept in registers instead of in memory make it three times as fast. */
function addProducts(
  values: Float32Array,
  to: number,
  from: Float32Array,
  at: number,
  channels: number,
  filters: Float32Array,
  filterAt: number,
  wide: number,
): void {
  for (let out = 0; out < wide; out += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let row = filterAt + out;
    for (let channel = 0; channel < channels; channel++) {
      const value = from[at + channel] ?? 0;
      a += value * (filters[row] ?? 0);
      b += value * (filters[row + 1] ?? 0);
      c += value * (filters[row + 2] ?? 0);
      d += value * (filters[row + 3] ?? 0);
      row += wide;
    }
    values[to + out] = (values[to + out] ?? 0) + a;
    if (out + 1 < wide) values[to + out + 1] = (values[to + out + 1] ?? 0) + b;
    if (out + 2 < wide) values[to + out + 2] = (values[to + out + 2] ?? 0) + c;
    if (out + 3 < wide) values[to + out + 3] = (values[to + out + 3] ?? 0) + d;
  }
}

function keepLargest(
  values: Float32Array,
  to: number,
  from: Float32Array,
  at: number,
  channels: number,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const value = from[at + channel] ?? 0;
    if (value > (values[to + channel] ?? 0)) values[to + channel] = value;
  }
}

function leak(plane: Plane): Plane {
  const { values } = plane;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value < 0) values[at] = value * LEAK;
  }
  return plane;
}
