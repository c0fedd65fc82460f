import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds a running center; a build does not need it. */
const center = process.env.CROFT_CENTER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'default'] },
  // bundles are verified in a worker (src/verify)
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/apps/portal/public', import.meta.url)),
    emptyOutDir: true,
    // the center's content security policy has no data: sources
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': center } },
});
