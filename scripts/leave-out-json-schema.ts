import type { Plugin } from 'vite'

/**
 * Leaves out of the page what zod needs to write JSON Schema, 6 kB with gzip that it ties to every schema: the page only
 * checks by its schemas. `toJSONSchema` throws there. Code of zod that looks otherwise is left as it is.
 */
export const leaveOutJsonSchema = (): Plugin => ({
  name: 'leave-out-json-schema',
  apply: 'build',
  transform: {
    filter: { id: /zod\/v4\/classic\/schemas\.js$/ },
    handler: (code) => ({
      code: code
        .replaceAll(/^\s*inst\._zod\.processJSONSchema = .*;$/gm, '')
        .replaceAll(/createStandardJSONSchemaMethod\(this, "\w+"\)/g, 'undefined')
        .replace('return createToJSONSchemaMethod(this, {})(params);', 'throw new Error("Not in the page");'),
      map: null,
    }),
  },
})
