import {
  type QueryKey,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useLanguage } from '../i18n/index.js';
import { failureText } from '../ui/failure-text.js';
import { showToast } from '../ui/toasts.js';
import { api } from './client.js';
import type { NewRates, Page } from './models.js';

export const keys = {
  center: ['center'],
  me: ['me'],
  campaigns: ['campaigns'],
  nodes: ['nodes'],
  beeNodes: ['bee-nodes'],
  plots: ['plots'],
  summary: ['earnings', 'summary'],
  payouts: ['payouts'],
  payoutWishes: ['payouts', 'wishes'],
  addresses: ['me', 'payout-addresses'],
  allCampaigns: ['admin', 'campaigns'],
  consequences: ['consequences'],
  appeals: ['admin', 'appeals'],
  payoutRoots: ['admin', 'payouts'],
  cheques: ['cheques'],
  chequeRounds: ['admin', 'cheques', 'rounds'],
  dataSets: ['admin', 'data-sets'],
} as const satisfies Record<string, QueryKey>;

/** What a page is about is read every 3 s, what stands around it every 5 s; nothing while the tab is hidden. */
const PAGE_MS = 3000;
const FRAME_MS = 5000;

function useLive<T>(
  queryKey: QueryKey,
  queryFn: () => Promise<T>,
  refetchInterval = PAGE_MS,
): UseQueryResult<T> {
  return useQuery<T>({ queryKey, queryFn, refetchInterval });
}

export const useCenter = () => useLive(keys.center, api.center, FRAME_MS);
export const useMe = () => useLive(keys.me, api.me, FRAME_MS);
export const useCampaigns = () => useLive(keys.campaigns, api.campaigns, FRAME_MS);
export const useNodes = () => useLive(keys.nodes, api.nodes);
export const useBeeNodes = () => useLive(keys.beeNodes, api.beeNodes);
export const useBeeEarnings = () => useLive(['earnings', 'bee-nodes'], api.beeEarnings);
export const useWork = () => useLive(['work'], api.work);
export const useSummary = () => useLive(keys.summary, api.earningsSummary);
export const useDays = (campaignId: string, days: number) =>
  useLive(['earnings', 'days', campaignId, days], () => api.earningsDays(campaignId, days));
export const useHeldParts = (campaignId: string) =>
  useLive(['earnings', 'held', campaignId], () => api.earningsHeld(campaignId), FRAME_MS);
export const useFunds = (campaignId: string) =>
  useLive(['funds', campaignId], () => api.funds(campaignId), FRAME_MS);
export const usePayoutWishes = () => useLive(keys.payoutWishes, api.payoutWishes, FRAME_MS);
export const useCheques = () => useLive(keys.cheques, api.cheques);
export const useChequebooks = () => useLive(['admin', 'cheques'], api.chequebooks);
export const useTreasury = () => useLive(['admin', 'treasury'], api.treasury);
export const useAddressHistory = () => useLive(keys.addresses, api.payoutAddresses, FRAME_MS);
export const useOverview = () => useLive(['admin', 'overview'], api.overview);
export const useAppeals = () => useLive(keys.appeals, api.appeals);
export const useAllCampaigns = () => useLive(keys.allCampaigns, api.allCampaigns);

/** What is published of a campaign's periods. */
export const useBundles = (campaignId: string) =>
  useLive(['bundles', campaignId], () => api.bundles(campaignId), FRAME_MS);

/** A line and its checks do not change any more once the line is booked. */
export const useLine = (id: string) =>
  useQuery({ queryKey: ['earnings', 'line', id], queryFn: () => api.earningsLine(id), staleTime: 60_000 });

/** A list that grows: newest first, older pages on demand. */
function usePages<T>(
  queryKey: QueryKey,
  read: (query: { before: string | null; limit: number }) => Promise<Page<T>>,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read({ before: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: PAGE_MS,
  });
  return { ...query, data: query.data?.pages.flatMap((page) => page.items) };
}

export const usePlots = () => usePages(keys.plots, api.plots);
export const useLines = (campaignId: string, day: string) =>
  usePages(['earnings', 'lines', campaignId, day], (query) => api.earningsLines(campaignId, day, query));
export const usePayouts = () => usePages(keys.payouts, api.payouts);
export const useConsequences = () => usePages(keys.consequences, api.consequences);
export const useAllNodes = () => usePages(['admin', 'nodes'], api.allNodes);
export const useTasks = () => usePages(['admin', 'tasks'], api.tasks);
export const useDataSets = () => usePages(keys.dataSets, api.dataSets);
export const useReplicas = (dataSetId: string) =>
  useLive([...keys.dataSets, dataSetId, 'replicas'], () => api.replicas(dataSetId));
export const useChequeRounds = () => usePages(keys.chequeRounds, api.chequeRounds);
export const usePayoutRoots = () => usePages(keys.payoutRoots, api.payoutRoots);

/** What rates would have come to, as `first` says, and for whom. The center keeps the answer for turning pages. */
export function usePreview(campaignId: string, draft: NewRates) {
  const query = useInfiniteQuery({
    queryKey: ['admin', 'preview', campaignId, draft],
    queryFn: ({ pageParam }) => api.previewRates(campaignId, { ...draft, offset: pageParam, limit: 50 }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = query.data?.pages[0];
  const data = first && { first, items: query.data!.pages.flatMap((page) => page.items) };
  return { ...query, data };
}

/**
 * A change the person asked for: `act` does it, everything in `touches` is read afresh, and a refusal is told in a
 * toast (with `quiet`, only by `error`, for forms that show it in place).
 */
export function useAction<In, Out>(
  act: (input: In) => Promise<Out>,
  options: { touches?: readonly QueryKey[]; done?: (out: Out, input: In) => void; quiet?: boolean } = {},
) {
  const client = useQueryClient();
  const { t } = useLanguage();
  return useMutation<Out, Error, In>({
    mutationFn: act,
    onSuccess: async (out, input) => {
      options.done?.(out, input);
      await Promise.all((options.touches ?? []).map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (!options.quiet) showToast({ kind: 'error', text: failureText(error, t) });
    },
  });
}
