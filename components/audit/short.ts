/** The ends of a long hexadecimal value, enough to compare by eye: 3fa1 … 9c52. The whole stands on hover. */
export const shortHash = (hex: string): string => `${hex.slice(0, 4)} … ${hex.slice(-4)}`;

/** The end of an id, the part in which ids made at the same time differ; a version's number as it is. */
export const shortId = (id: string): string => (id.length > 12 ? `… ${id.slice(-8)}` : id);
