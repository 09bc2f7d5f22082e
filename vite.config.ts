import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import packageJson from './package.json' with { type: 'json' }

export default defineConfig({
  root: 'client',
  build: { outDir: '../.dist', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, sourcemap: false },
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  plugins: [
    vue(),
    tailwindcss(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.ts',
      injectRegister: false,
      registerType: 'prompt',
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,woff2,wasm,webmanifest}'] },
      manifest: false,
    }),
  ],
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    exclude: ['test/journey/**'],
    environment: 'node',
    testTimeout: 30_000,
  },
})
