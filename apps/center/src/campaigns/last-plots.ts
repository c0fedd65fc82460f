import type { Campaign } from './campaign.entity.js';

type Times = Pick<Campaign, 'startsAt' | 'endsAt' | 'retentionSeconds'>;

/**
 * Until when a campaign hands out new plots. What is handed out later cannot be kept for the retention time before the
 * campaign ends, so the held part of its reward could never be released.
 */
export const plotsUntil = ({ endsAt, retentionSeconds }: Pick<Times, 'endsAt' | 'retentionSeconds'>) =>
  new Date(endsAt.getTime() - retentionSeconds * 1000);

/** Whether a campaign hands out no plots at any time, because all of it is no longer than its retention time. */
export const isTooShortForPlots = (times: Times) => plotsUntil(times) <= times.startsAt;
