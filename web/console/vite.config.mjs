import { defineConfig } from 'vite';

/** Everything is served by the api process itself: nothing inline, nothing from elsewhere, names that say what is in them. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  clearScreen: false,
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '^/(admin|api|health)/': { target: 'http://127.0.0.1:3000', changeOrigin: true } } },
});
