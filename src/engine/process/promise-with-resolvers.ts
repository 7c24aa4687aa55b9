/**
 * Node 20 lacks Promise.withResolvers, without which node-av's iterators silently yield nothing. Import this before
 * node-av, which therefore is only ever imported dynamically by the child's entry.
 */
type Resolvers = { promise: Promise<unknown>; resolve: (value: unknown) => void; reject: (reason: unknown) => void }

const withResolvers = (): Resolvers => {
  let resolve: (value: unknown) => void = () => undefined
  let reject: (reason: unknown) => void = () => undefined
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

if (!('withResolvers' in Promise))
  Object.defineProperty(Promise, 'withResolvers', { value: withResolvers, writable: true, configurable: true })

export {}
