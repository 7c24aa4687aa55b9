// The checks in a runtime: takes what it needs from the environment, prints the outcomes as one line of JSON.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { runChecks } from './checks.mjs'

/** @param {string} name */
const given = (name) => process.env[name] ?? ''
/** @param {string} name */
const bytes = (name) => new Uint8Array(readFileSync(given(name)))

const outcomes = await runChecks({
  baseUrl: given('SERVER'),
  picture: bytes('PICTURE'),
  pictureUrl: given('PICTURE_URL'),
  clip: bytes('CLIP'),
})
console.log(JSON.stringify(outcomes))
