#!/usr/bin/env node
// Firefox, as Playwright starts it, for one that is older than Playwright expects: what it cannot emulate, it is said to
// emulate. Tests there must not count on the size of the screen, colour schemes and the like. The program is named by
// FIREFOX_PROGRAM.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { WebSocket, WebSocketServer } from 'ws'

const program = process.env['FIREFOX_PROGRAM']
if (!program) throw new Error('FIREFOX_PROGRAM names no program')

/**
 * The answer to take in place of one that says no; null where it stands.
 * @param {string} answer
 * @param {Map<number, string>} asked methods by the ids of their requests
 */
const better = (answer, asked) => {
  const { id, type, error } = JSON.parse(answer)
  const method = asked.get(id)
  asked.delete(id)
  const isUnknown = type === 'error' && error === 'unknown command' && method?.startsWith('emulation.')
  return isUnknown ? JSON.stringify({ type: 'success', id, result: {} }) : null
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
/** @type {string} */
let address
server.on('connection', (near, { url }) => {
  const far = new WebSocket(`${address}${url}`)
  /** @type {Map<number, string>} */
  const asked = new Map()
  /** @type {string[]} */
  const early = []
  near.on('message', (data) => {
    const { id, method } = JSON.parse(String(data))
    asked.set(id, method)
    if (far.readyState === WebSocket.OPEN) far.send(String(data))
    else early.push(String(data))
  })
  far.on('open', () => early.splice(0).forEach((data) => far.send(data)))
  far.on('message', (data) => near.send(better(String(data), asked) ?? String(data)))
  far.on('close', () => near.close())
  near.on('close', () => far.close())
})

const firefox = spawn(program, process.argv.slice(2), { stdio: ['ignore', 'ignore', 'pipe'] })
createInterface(firefox.stderr).on('line', (line) => {
  const listening = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1]
  if (listening === undefined) return void console.error(line)
  address = listening
  const own = server.address()
  const port = typeof own === 'object' ? own?.port : ''
  console.error(`WebDriver BiDi listening on ws://127.0.0.1:${port}`)
})
firefox.on('exit', (code) => process.exit(code ?? 1))
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => firefox.kill(signal))
