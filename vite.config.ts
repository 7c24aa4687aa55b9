import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { leaveOutJsonSchema } from './scripts/leave-out-json-schema.ts'

export default defineConfig({
  plugins: [react(), tailwindcss(), leaveOutJsonSchema()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Every browser that the studio runs in knows modulepreload; and the names of all parts that a later part needs would
    // be 1.5 kB of the first load: the part itself tells them.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, parts) => parts.filter((part) => part.endsWith('.css')),
    },
    target: 'es2023',
    // What the first load needs is one file, whatever later ones share with it: several compress worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
})
