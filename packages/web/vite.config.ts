import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` sends API calls; the built pages are served by the Quanlian server itself. */
const server = process.env['QUANLIAN_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    // Types of the same package live in dist/types and must survive a build of the pages.
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2022',
    // The server's content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // The pages use tables of the contract (fields, facets, links); its schemas must not ride along.
      treeshake: { moduleSideEffects: (id) => !/[\\/]packages[\\/]contract[\\/]|node_modules[\\/]zod[\\/]/.test(id) },
    },
  },
  server: { proxy: { '/api': server } },
});
