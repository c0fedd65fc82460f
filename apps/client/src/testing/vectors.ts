import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../../test/vectors/proof-of-space');

/** A file of the reference vectors. */
export const vector = (name: string): string => join(folder, name);

/** The whole reference plot of k = 18. */
export const plot18 = {
  file: vector('plot-k18-n0.plot'),
  plotId: '5ade922d1baf00f16d4234834ebd121d4c1923dc7d6f7dab0807624769c62a4b',
  bytes: 3_807_487,
};
