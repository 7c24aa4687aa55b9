// The page's policy forbids compiling code from text. Zod would try, and some browsers say so in their console. Its own
// `config` comes too late, for stores read what was kept while their modules load; and it is larger.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
