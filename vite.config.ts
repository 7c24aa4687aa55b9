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
    // What the first load needs is one file, whatever later ones share with it: several compress worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
})
