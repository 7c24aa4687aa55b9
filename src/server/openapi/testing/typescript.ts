// openapi-typescript writes its files by TypeScript's compiler API, which TypeScript 7 does not have yet: vitest.config.ts
// hands it this one instead.
// oxlint-disable-next-line import/no-default-export
export { ts as default } from '@ts-morph/common'
