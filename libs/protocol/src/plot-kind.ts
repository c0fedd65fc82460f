import { z } from 'zod';

/**
 * A plot's kind and size as messages name them. Which kinds there are, and which sizes a kind has, is for whoever
 * works with the plot; a message only keeps its bounds.
 */
export const plotFormat = {
  /** Name of the proof format, such as `chia-v1`. */
  plotKind: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(32),
  /** Size, as a step of its kind. */
  k: z.number().int().min(1).max(255),
};
