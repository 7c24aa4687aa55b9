import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { leaveOutJsonSchema } from './scripts/leave-out-json-schema.ts'

/** What is seen on the first look and is not part of the first load, since it stands beside or around it: one file. */
const SEEN_FIRST =
  /web\/(takes\/column|shell\/(column-buttons|column-edge|queue-button)|forms\/prompt\/(preset-row|prompt-reading))\.tsx$/

export default defineConfig({
  plugins: [react(), tailwindcss(), leaveOutJsonSchema()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Every browser that the studio runs in knows modulepreload; and the names of all parts that a later part needs would
    // be 1.5 kB of the first load: the part itself tells them, but for the library, which is waited for.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (part, needs) =>
        part.includes('/look-') ? needs : needs.filter((need) => need.endsWith('.css')),
    },
    target: 'es2023',
    // What the first load needs is one file, whatever later ones share with it: several compress worse.
    // What later parts share comes in a few files instead of forty: a browser asks a server for six at a time.
    rolldownOptions: {
      output: {
        // The names of all that share it would be its name.
        chunkFileNames: ({ name }) => `assets/${name.startsWith('shared') ? 'shared' : '[name]'}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'look', test: SEEN_FIRST, priority: 1 },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 40_000 },
          ],
        },
      },
    },
  },
})
