import { assemble, type Cast } from './cast.js';
import { Field } from './field.js';
import { type OneDisk, oneDisk } from './one-disk.js';

/** How large a field is. */
export interface Size {
  seed: number;
  days: number;
  /** Identities that somebody made up for one disk. */
  identities: number;
  /** For so many days, once a day each. */
  crowdDays: number;
}

/** A field after its days, with what they took. */
export interface Scenario {
  field: Field;
  cast: Cast;
  disk: OneDisk;
  /** Campaigns: of the cast, asked 48 times a day each; of the disk and its identities, asked once. */
  castCampaign: string;
  diskCampaign: string;
  size: Size;
  seconds: { assembling: number; days: number };
}

/** What the referrer of all the made-up identities gets of theirs. */
export const REFERRAL_BPS = 500;

export async function play(size: Size): Promise<Scenario> {
  let began = performance.now();
  const lap = () => (performance.now() - began) / 1000;
  const field = await Field.open(size.seed);
  const castCampaign = await field.campaign({});
  const diskCampaign = await field.campaign({
    payoutContract: await field.world.chain.anotherContract(),
    name: 'One disk',
    roundSeconds: 86_400,
    nodeChecksPerDay: 1,
    // its plots are there already: whoever comes for work plots for the other campaign
    plotTarget: 0,
    referralBps: REFERRAL_BPS,
    endsAt: new Date(field.startMs + size.crowdDays * 86_400_000).toISOString(),
  });
  for (const chore of ['funding', 'close-epochs']) await field.world.chore(chore);
  const cast = await assemble(field);
  const disk = await oneDisk(field, diskCampaign, size.identities);
  const assembling = lap();
  began = performance.now();
  await field.run(size.days * 24);
  return { field, cast, disk, castCampaign, diskCampaign, size, seconds: { assembling, days: lap() } };
}

/** The machine's figures of a field, for people. */
export function figures({ field, size, seconds }: Scenario): string {
  const { days, seed } = size;
  const checks = `${field.answers} answers, ${Math.round(field.answers / seconds.days)} a second`;
  return (
    `testfield, seed ${seed}: ${field.clients.length} clients, ${days} days in ${seconds.days.toFixed(1)} s ` +
    `(${checks}); assembled in ${seconds.assembling.toFixed(1)} s`
  );
}
