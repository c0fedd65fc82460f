import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { keys } from '../api/queries.js';

/** A session that ended shows up in any call; then the shell asks to sign in again. */
function onError(error: Error): void {
  if (error instanceof ApiError && error.code === 'unauthenticated') queryClient.setQueryData(keys.me, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 1 && error instanceof ApiError && error.code === 'unreachable',
      retryDelay: 1000,
      staleTime: 1000,
      // a center on the same machine or network answers although the browser believes to be offline
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
