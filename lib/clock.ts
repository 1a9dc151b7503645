/** Where "now" comes from; rules receive it so that they can be tried at any moment. */
export type Clock = () => Date;

/** The machine's own clock, for the edges of the system only. */
export const systemClock: Clock = () => new Date();
