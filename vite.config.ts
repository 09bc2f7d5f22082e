import { gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import packageJson from './package.json' with { type: 'json' }

/** JavaScript and CSS that the first screen needs, gzip. The build fails when it is passed. */
const FIRST_LOAD_BYTES = 150_000

/** What a person meets before any lazy part: the entry, one language, the way in to a new device. */
const FIRST_PARTS = ['/messages/zh-TW/first.ts', '/shell/HomeScreen.vue', '/sign-in/EnrolScreen.vue']

/** Adds them up with everything they import at once, and the styles. */
function firstLoadBudget(): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const wanted = new Set<string>()
      const add = (file: string): void => {
        const chunk = bundle[file]
        if (wanted.has(file) || !chunk) return
        wanted.add(file)
        if (chunk.type !== 'chunk') return
        for (const each of chunk.imports) add(each)
        for (const each of chunk.viteMetadata?.importedCss ?? []) add(each)
      }
      for (const [file, chunk] of Object.entries(bundle)) {
        const first = chunk.type === 'chunk' && (chunk.isEntry || FIRST_PARTS.some((part) => chunk.facadeModuleId?.endsWith(part)))
        if (first) add(file)
      }
      const size = (file: string): number => {
        const part = bundle[file]
        return part ? gzipSync(part.type === 'chunk' ? part.code : part.source).length : 0
      }
      const sum = [...wanted].reduce((total, file) => total + size(file), 0)
      const said = `first load: ${(sum / 1000).toFixed(1)} kB of ${FIRST_LOAD_BYTES / 1000} kB JavaScript and CSS, gzip`
      if (sum > FIRST_LOAD_BYTES) this.error(`${said}\n${[...wanted].map((file) => `  ${size(file)} ${file}`).join('\n')}`)
      this.info(said)
    },
  }
}

export default defineConfig({
  root: 'client',
  build: {
    ...{ outDir: '../.dist', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, reportCompressedSize: false },
    // The first screen carries the names of all lazy parts.
    rolldownOptions: { output: { chunkFileNames: 'assets/c-[hash].js' } },
  },
  define: {
    __APP_VERSION__: JSON.stringify(packageJson.version),
    // Every component here is written with script setup.
    __VUE_OPTIONS_API__: 'false',
    // Messages are functions and plain text (client/messages/messages.ts): nothing is compiled.
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  resolve: {
    alias: [
      { find: /^petite-vue-i18n$/, replacement: 'petite-vue-i18n/dist/petite-vue-i18n.runtime.mjs' },
      // The same library for browsers of today.
      { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' },
    ],
  },
  plugins: [
    vue(),
    tailwindcss(),
    firstLoadBudget(),
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
})
