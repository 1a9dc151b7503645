import { z } from "zod";

// What we read of Unleash's admin API. All loose: its answers hold much more, and grow.

const strategySchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  title: z.string().nullish(),
  disabled: z.boolean().nullish(),
  parameters: z.record(z.string(), z.coerce.string()).default({}),
  segments: z.array(z.number()).default([]),
  constraints: z.array(z.unknown()).default([]),
});
export type UnleashStrategy = z.output<typeof strategySchema>;

const flagEnvironmentSchema = z.looseObject({
  name: z.string(),
  enabled: z.boolean(),
  strategies: z.array(strategySchema).default([]),
});
export type FlagEnvironment = z.output<typeof flagEnvironmentSchema>;

/** The whole flag: the read of one environment alone lists every strategy as if it had no segment. */
export const flagSchema = z.looseObject({
  name: z.string(),
  environments: z.array(flagEnvironmentSchema).default([]),
  dependencies: z
    .array(z.looseObject({ feature: z.string(), enabled: z.boolean().default(true) }))
    .default([]),
});

export const segmentsSchema = z.looseObject({
  segments: z.array(
    z.looseObject({
      id: z.number(),
      name: z.string(),
      project: z.string().nullish(),
      constraints: z.array(
        z.looseObject({
          contextName: z.string(),
          operator: z.string(),
          values: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

export const projectSchema = z.looseObject({
  environments: z.array(z.looseObject({ environment: z.string(), defaultStrategy: z.unknown().optional() })),
});

export const eventsSchema = z.looseObject({
  events: z.array(z.looseObject({ environment: z.string().nullish() })),
});
