/** The system's word for what broke a connection, as `ECONNRESET`, from wherever in the chain of causes it stands. */
export const systemCode = (error: unknown): string | undefined => {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code
  return undefined
}

/** Clauses whose subject is the other side, by Node's and OpenSSL's codes. */
const CLAUSES: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$/, 'there is no host of that name'],
  [/^EAI_/, 'its name could not be looked up; this machine may be offline'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^E(HOST|NET)(UNREACH|DOWN)$/, 'no way leads there from this machine'],
  [/^ETIMEDOUT$/, 'it did not answer in time'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another host'],
  [/CERT|SIGNATURE|ISSUER|CRL/, 'its certificate cannot be trusted'],
  [/^(EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/, 'it does not speak https there'],
  [/^HPE_/, 'what it says is no HTTP'],
]

/** What a broken connection is called, as the end of a sentence about the other side. */
export const clauseOf = (error: unknown): string => {
  const code = systemCode(error) ?? ''
  return CLAUSES.find(([pattern]) => pattern.test(code))?.[1] ?? 'the connection broke'
}
