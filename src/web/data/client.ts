import { createDecartClient } from '../../client/index.ts'

/** The server that served the page. It holds the key, where there is one. */
export const client = createDecartClient({ baseUrl: '' })

export { models } from '../../client/index.ts'
