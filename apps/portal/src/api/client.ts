import createClient from 'openapi-fetch';
import { noteServerTime } from '../format/server-clock.js';
import { ApiError, toApiError } from './api-error.js';
import type { CampaignState, Locale, Me, NewCampaign, NewDataSet, NewRates } from './models.js';
import type { paths } from './schema.js';

const TIMEOUT_MS = 20_000;

/** One request: no answer at all is an error with a code too, and every answer tells the center's time. */
async function send(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    noteServerTime(response.headers.get('date'));
    return response;
  } catch (cause) {
    throw new ApiError('unreachable', String(cause));
  }
}

const center = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** The answer's body, or the refusal as an ApiError. A body that is no JSON came from something in between. */
async function take<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw cause instanceof ApiError ? cause : new ApiError('internal', String(cause));
  });
  if (!response.ok) throw toApiError(response.status, error);
  return data as T;
}

interface PageQuery {
  before: string | null;
  limit: number;
}
const page = ({ before, limit }: PageQuery) => ({ limit, before: before ?? undefined });
const id = (value: string) => ({ params: { path: { id: value } } });

/** Where the browser itself fetches a statement. */
export const statementUrl = (query: { campaignId: string; from: string; to: string; format: string }) =>
  `/api/statements?${new URLSearchParams(query)}`;

/** Where the browser itself fetches a cheque. */
export const chequeUrl = (chequeId: string) => `/api/me/cheques/${chequeId}/file`;

/** Every call the portal makes. All throw ApiError. */
export const api = {
  center: () => take(center.GET('/api/center')),
  campaigns: () => take(center.GET('/api/campaigns')),
  funds: (campaignId: string) => take(center.GET('/api/campaigns/{id}/funds', id(campaignId))),

  /** Null when nobody is signed in. */
  me: async (): Promise<Me | null> => {
    try {
      return await take(center.GET('/api/me'));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') return null;
      throw error;
    }
  },
  nonce: () => take(center.POST('/api/auth/nonce')),
  signInByWallet: (body: { message: string; signature: string }) =>
    take(center.POST('/api/auth/wallet', { body })),
  signInByPassword: (body: { email: string; password: string }) =>
    take(center.POST('/api/auth/password', { body })),
  register: (body: { email: string; password: string; displayName: string }) =>
    take(center.POST('/api/auth/register', { body })),
  signOut: () => take(center.POST('/api/auth/sign-out')),
  changeMe: (body: { displayName?: string; locale?: Locale }) => take(center.PATCH('/api/me', { body })),
  setPayoutAddress: (address: string) => take(center.PUT('/api/me/payout-address', { body: { address } })),
  keepPayoutAddress: () => take(center.DELETE('/api/me/payout-address/pending')),
  payoutAddresses: () => take(center.GET('/api/me/payout-addresses')),
  payoutWishes: () => take(center.GET('/api/payouts/wishes')),
  setPayoutWish: ({
    campaignId,
    ...body
  }: {
    campaignId: string;
    minimum: string;
    maxFeeBps: number | null;
  }) => take(center.PUT('/api/payouts/wishes/{id}', { ...id(campaignId), body })),
  linkWallet: (body: { message: string; signature: string }) => take(center.POST('/api/me/wallet', { body })),

  newPairingCode: () => take(center.POST('/api/nodes/codes')),
  nodes: () => take(center.GET('/api/nodes')),
  work: () => take(center.GET('/api/work')),
  revokeNode: (nodeId: string) => take(center.DELETE('/api/nodes/{id}', id(nodeId))),
  plots: (query: PageQuery) => take(center.GET('/api/plots', { params: { query: page(query) } })),

  earningsSummary: () => take(center.GET('/api/earnings/summary')),
  earningsHeld: (campaignId: string) =>
    take(center.GET('/api/earnings/held', { params: { query: { campaignId } } })),
  earningsDays: (campaignId: string, days: number) =>
    take(center.GET('/api/earnings/days', { params: { query: { campaignId, days } } })),
  earningsLines: (campaignId: string, day: string, query: PageQuery) =>
    take(center.GET('/api/earnings/lines', { params: { query: { campaignId, day, ...page(query) } } })),
  beeNodes: () => take(center.GET('/api/me/bee-nodes')),
  beeEarnings: () => take(center.GET('/api/earnings/bee-nodes')),
  unlinkBee: (overlay: string) =>
    take(center.DELETE('/api/me/bee-nodes/{overlay}', { params: { path: { overlay } } })),
  bundles: (campaignId: string) =>
    take(center.GET('/api/bundles/{campaignId}', { params: { path: { campaignId } } })),
  earningsLine: (lineId: string) => take(center.GET('/api/earnings/lines/{id}', id(lineId))),
  payouts: (query: PageQuery) => take(center.GET('/api/payouts', { params: { query: page(query) } })),

  cheques: () => take(center.GET('/api/me/cheques')),
  chequesAt: (address: string) =>
    take(center.GET('/api/cheques/{address}', { params: { path: { address } } })),

  consequences: (query: PageQuery) =>
    take(center.GET('/api/consequences', { params: { query: page(query) } })),
  consequenceEvidence: (stepId: string) => take(center.GET('/api/consequences/{id}/evidence', id(stepId))),
  appeal: (stepId: string, text: string) =>
    take(center.POST('/api/consequences/{id}/appeal', { ...id(stepId), body: { text } })),

  appeals: () => take(center.GET('/api/admin/appeals')),
  appealEvidence: (stepId: string) => take(center.GET('/api/admin/appeals/{id}/evidence', id(stepId))),
  answerAppeal: (stepId: string, body: { text: string; excused: boolean }) =>
    take(center.POST('/api/admin/appeals/{id}/answer', { ...id(stepId), body })),
  overview: () => take(center.GET('/api/admin/overview')),
  allCampaigns: () => take(center.GET('/api/admin/campaigns')),
  newCampaign: (body: NewCampaign) => take(center.POST('/api/admin/campaigns', { body })),
  newRates: (campaignId: string, body: NewRates) =>
    take(center.POST('/api/admin/campaigns/{id}/rates', { ...id(campaignId), body })),
  previewRates: (campaignId: string, body: NewRates & { offset: number; limit: number }) =>
    take(center.POST('/api/admin/campaigns/{id}/preview', { ...id(campaignId), body })),
  setCampaignState: (campaignId: string, state: Exclude<CampaignState, 'draft'>) =>
    take(center.POST('/api/admin/campaigns/{id}/state', { ...id(campaignId), body: { state } })),
  allNodes: (query: PageQuery) => take(center.GET('/api/admin/nodes', { params: { query: page(query) } })),
  tasks: (query: PageQuery) => take(center.GET('/api/admin/tasks', { params: { query: page(query) } })),
  dataSets: (query: PageQuery) =>
    take(center.GET('/api/admin/data-sets', { params: { query: page(query) } })),
  newDataSet: (body: NewDataSet) => take(center.POST('/api/admin/data-sets', { body })),
  wantReplicas: (dataSetId: string, wanted: number) =>
    take(center.PUT('/api/admin/data-sets/{id}/wanted', { ...id(dataSetId), body: { wanted } })),
  replicas: (dataSetId: string) => take(center.GET('/api/admin/data-sets/{id}/replicas', id(dataSetId))),
  treasury: () => take(center.GET('/api/admin/treasury')),
  payoutRoots: (query: PageQuery) =>
    take(center.GET('/api/admin/payouts', { params: { query: page(query) } })),
  chequebooks: () => take(center.GET('/api/admin/cheques')),
  chequeRounds: (query: PageQuery) =>
    take(center.GET('/api/admin/cheques/rounds', { params: { query: page(query) } })),
  approveCheques: (roundId: string) =>
    take(center.POST('/api/admin/cheques/rounds/{id}/approve', id(roundId))),
  stopCheques: (roundId: string) => take(center.POST('/api/admin/cheques/rounds/{id}/stop', id(roundId))),
  approvePayout: (rootId: string) => take(center.POST('/api/admin/payouts/{id}/approve', id(rootId))),
};
