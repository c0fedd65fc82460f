import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  // pg-pool and others choose their CommonJS build by these
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: ['{apps,libs,contracts,test}/**/*.spec.ts'],
    isolate: false,
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
