import { createHash, randomBytes } from 'node:crypto'

/** What API tokens begin with, by which scanners of code and our own server know them. */
export const API_PREFIX = 'rushes_'
/** What Decart's SDKs expect short-lived client tokens to begin with. */
export const CLIENT_PREFIX = 'ek_'

/**
 * A new secret of 256 random bits. What is this random cannot be guessed however fast one tries, so that its hash need
 * not be a slow one.
 */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url')

/** SHA-256 in hexadecimal digits: all that is kept of a secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const newId = (kind: 'person' | 'token' | 'audit'): string => `${kind}_${randomBytes(16).toString('hex')}`
