import { noteServerTime } from '../format/server-clock.js';
import { ApiError, toApiError } from './api-error.js';
import type {
  AdminNode,
  AdminTask,
  Balances,
  Campaign,
  CampaignState,
  Center,
  EarningsDay,
  Funds,
  Locale,
  Me,
  NewCampaign,
  NewRates,
  NodeView,
  Nonce,
  Overview,
  Page,
  PairingCode,
  Payout,
  PayoutRoot,
  Plot,
  RewardLine,
  RewardLineDetail,
} from './models.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type Query = Record<string, string | number | undefined | null>;

const TIMEOUT_MS = 20_000;

async function call<T>(method: Method, path: string, body?: unknown, query: Query = {}): Promise<T> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]])),
  );
  let response: Response;
  try {
    response = await fetch(`/api${path}${search.size > 0 ? `?${search}` : ''}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new ApiError('unreachable', String(cause));
  }
  noteServerTime(response.headers.get('date'));
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toApiError(response.status, answer);
  return answer as T;
}

interface PageQuery {
  before?: string | null;
  limit?: number;
}
const page = ({ before, limit }: PageQuery): Query => ({ before, limit });

/** Every call the portal makes. All throw ApiError. */
export const api = {
  center: () => call<Center>('GET', '/center'),
  campaigns: () => call<{ items: Campaign[] }>('GET', '/campaigns'),
  funds: (campaignId: string) => call<Funds>('GET', `/campaigns/${campaignId}/funds`),

  /** Null when nobody is signed in. */
  me: async (): Promise<Me | null> => {
    try {
      return await call<Me>('GET', '/me');
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') return null;
      throw error;
    }
  },
  nonce: () => call<Nonce>('POST', '/auth/nonce'),
  signInByWallet: (body: { message: string; signature: string }) => call<Me>('POST', '/auth/wallet', body),
  signInByPassword: (body: { email: string; password: string }) => call<Me>('POST', '/auth/password', body),
  register: (body: { email: string; password: string; displayName: string }) =>
    call<Me>('POST', '/auth/register', body),
  signOut: () => call<void>('POST', '/auth/sign-out'),
  changeMe: (body: { displayName?: string; locale?: Locale }) => call<Me>('PATCH', '/me', body),
  setPayoutAddress: (address: string) => call<Me>('PUT', '/me/payout-address', { address }),
  linkWallet: (body: { message: string; signature: string }) => call<Me>('POST', '/me/wallet', body),

  newPairingCode: () => call<PairingCode>('POST', '/nodes/codes'),
  nodes: () => call<{ items: NodeView[] }>('GET', '/nodes'),
  revokeNode: (id: string) => call<void>('DELETE', `/nodes/${id}`),
  plots: (query: PageQuery) => call<Page<Plot>>('GET', '/plots', undefined, page(query)),

  earningsSummary: () => call<{ campaigns: Balances[] }>('GET', '/earnings/summary'),
  earningsDays: (campaignId: string, days: number) =>
    call<{ items: EarningsDay[] }>('GET', '/earnings/days', undefined, { campaignId, days }),
  earningsLines: (campaignId: string, day: string | null, query: PageQuery) =>
    call<Page<RewardLine>>('GET', '/earnings/lines', undefined, { campaignId, day, ...page(query) }),
  earningsLine: (id: string) => call<RewardLineDetail>('GET', `/earnings/lines/${id}`),
  payouts: (query: PageQuery) => call<Page<Payout>>('GET', '/payouts', undefined, page(query)),

  overview: () => call<Overview>('GET', '/admin/overview'),
  allCampaigns: () => call<{ items: Campaign[] }>('GET', '/admin/campaigns'),
  newCampaign: (body: NewCampaign) => call<Campaign>('POST', '/admin/campaigns', body),
  newRates: (campaignId: string, body: NewRates) =>
    call<Campaign>('POST', `/admin/campaigns/${campaignId}/rates`, body),
  setCampaignState: (campaignId: string, state: Exclude<CampaignState, 'draft'>) =>
    call<Campaign>('POST', `/admin/campaigns/${campaignId}/state`, { state }),
  allNodes: (query: PageQuery) => call<Page<AdminNode>>('GET', '/admin/nodes', undefined, page(query)),
  tasks: (query: PageQuery) => call<Page<AdminTask>>('GET', '/admin/tasks', undefined, page(query)),
  payoutRoots: (query: PageQuery) => call<Page<PayoutRoot>>('GET', '/admin/payouts', undefined, page(query)),
  approvePayout: (id: string) => call<PayoutRoot>('POST', `/admin/payouts/${id}/approve`),
};
