import { ENGINE_HEADER, RENDERER_HEADER, routes } from '../../shared/routes.ts'
import type { Call, Input } from './call.ts'

export const LANGUAGES = ['typescript', 'python', 'curl'] as const
export type Language = (typeof LANGUAGES)[number]

/** The models that Decart's Python SDK knows by name. Others are asked for without it. */
export const OF_PYTHON_SDK: readonly string[] = [
  'lucy-2.1',
  'lucy-2.5',
  'lucy-2.6',
  'lucy-vton-3.5',
  'lucy-vton-3.6',
  'lucy-restyle-2',
  'lucy-image-2',
  'lucy-pro-i2i',
]

const fileNameOf = ({ makes }: Call): string => (makes === 'video' ? 'take.mp4' : 'take.png')

/** A remark is one line, whatever a file is called. */
const inLine = (note: string): string => note.replaceAll(/\s+/g, ' ')

/** The variable of the environment from which code reads the API token. */
const TOKEN = 'RUSHES_TOKEN'

const headersOf = ({ renderer, engine }: Call): [string, string][] => [
  ...(renderer === null ? [] : [[RENDERER_HEADER, renderer] as [string, string]]),
  ...(engine === null ? [] : [[ENGINE_HEADER, engine] as [string, string]]),
]

/** A string of JavaScript, in single quotes. */
const scriptText = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

const scriptName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : scriptText(name))

const scriptValue = ({ value }: Input): string => {
  switch (value.kind) {
    case 'text':
      return scriptText(value.text)
    case 'plain':
      return String(value.value)
    case 'list':
      return value.json
    case 'upload':
      return scriptText(value.id)
    case 'path':
      return `await openAsBlob(${scriptText(value.path)})`
    default:
      return value satisfies never
  }
}

const typescript = (call: Call): string => {
  const { origin, model, known, makes, inputs, renderer, engine, needsToken } = call
  const key = needsToken ? `, apiKey: process.env['${TOKEN}']` : ''
  const opens = inputs.some(({ value }) => value.kind === 'path')
  const handle = `models.${known ? makes : 'custom'}(${scriptText(model)})`
  const line = (input: Input) =>
    `  ${scriptName(input.name)}: ${scriptValue(input)},${input.note === null ? '' : ` // ${inLine(input.note)}`}`
  return [
    ...(opens ? ["import { openAsBlob } from 'node:fs'"] : []),
    "import { writeFile } from 'node:fs/promises'",
    "import { createDecartClient, models } from 'rushes-client'",
    '',
    `const client = createDecartClient({ baseUrl: ${scriptText(origin)}${key} })`,
    '',
    'const take = await client.process({',
    `  model: ${handle},`,
    ...inputs.map(line),
    ...(renderer === null ? [] : [`  renderer: ${scriptText(renderer)},`]),
    ...(engine === null ? [] : [`  engine: ${scriptText(engine)},`]),
    '})',
    `await writeFile(${scriptText(fileNameOf(call))}, Buffer.from(await take.arrayBuffer()))`,
    '',
  ].join('\n')
}

// JSON's strings, numbers and lists are Python's as well.
const pythonText = (text: string): string => JSON.stringify(text)
const pythonNote = (note: string | null): string => (note === null ? '' : `  # ${inLine(note)}`)
const pythonPlain = (value: number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)

/** Decart's SDK sends a file's bytes, which it fetches from an address or reads from a path. */
const pythonValue = ({ value }: Input, origin: string): string => {
  switch (value.kind) {
    case 'text':
      return pythonText(value.text)
    case 'plain':
      return pythonPlain(value.value)
    case 'list':
      return value.json
    case 'upload':
      return pythonText(origin + routes.fileContent(value.id))
    case 'path':
      return `Path(${pythonText(value.path)})`
    default:
      return value satisfies never
  }
}

const pythonWithSdk = (call: Call): string => {
  const { origin, model, makes, inputs, needsToken } = call
  const key = needsToken ? `os.environ["${TOKEN}"]` : '"any"'
  const asked = (indent: string) => [
    `${indent}"model": models.${makes}(${pythonText(model)}),`,
    ...inputs.map(
      (input) => `${indent}${pythonText(input.name)}: ${pythonValue(input, origin)},${pythonNote(input.note)}`,
    ),
  ]
  const run =
    makes === 'image'
      ? ['        take = await client.process({', ...asked('            '), '        })']
      : [
          '        result = await client.queue.submit_and_poll({',
          ...asked('            '),
          '        })',
          '        if result.status == "failed":',
          '            raise SystemExit(result.error)',
          '        take = result.data',
        ]
  return [
    'import asyncio',
    ...(needsToken ? ['import os'] : []),
    'from pathlib import Path',
    '',
    'from decart import DecartClient, models  # pip install decart',
    '',
    '',
    'async def main():',
    `    async with DecartClient(api_key=${key}, base_url=${pythonText(origin)}) as client:`,
    ...run,
    `    Path(${pythonText(fileNameOf(call))}).write_bytes(take)`,
    '',
    '',
    'asyncio.run(main())',
    '',
  ].join('\n')
}

/** By an ordinary request, for models that the SDK does not know, and where it is said who makes it, which it cannot. */
const pythonWithout = (call: Call): string => {
  const { origin, model, inputs } = call
  const headers = [
    ...(call.needsToken ? [`"X-API-KEY": os.environ["${TOKEN}"]`] : []),
    ...headersOf(call).map(([name, value]) => `${pythonText(name)}: ${pythonText(value)}`),
  ]
  const isPath = ({ value }: Input) => value.kind === 'path'
  const part = ({ name, value, note }: Input): string => {
    const words =
      value.kind === 'upload'
        ? pythonText(value.id)
        : value.kind === 'list'
          ? pythonText(value.json)
          : value.kind === 'plain'
            ? pythonPlain(value.value)
            : value.kind === 'path'
              ? `open(${pythonText(value.path)}, "rb")`
              : pythonText(value.text)
    return `        ${pythonText(name)}: ${words},${pythonNote(note)}`
  }
  const parts = (title: string, of: readonly Input[]) =>
    of.length === 0 ? [] : [`    ${title}={`, ...of.map(part), '    },']
  return [
    ...(call.needsToken ? ['import os'] : []),
    'from pathlib import Path',
    '',
    'import requests  # pip install requests',
    '',
    'answer = requests.post(',
    `    ${pythonText(origin + routes.generate(model))},`,
    ...(headers.length === 0 ? [] : [`    headers={${headers.join(', ')}},`]),
    ...parts(
      'data',
      inputs.filter((input) => !isPath(input)),
    ),
    ...parts('files', inputs.filter(isPath)),
    ')',
    'if not answer.ok:',
    '    raise SystemExit(answer.text)',
    `Path(${pythonText(fileNameOf(call))}).write_bytes(answer.content)`,
    '',
  ].join('\n')
}

/**
 * The SDK cannot say who is to make it: a free draft must not become an order that costs money. And it fetches what is on
 * the server without its key.
 */
const python = (call: Call): string =>
  OF_PYTHON_SDK.includes(call.model) &&
  (call.renderer === null || call.renderer === 'decart') &&
  call.engine === null &&
  !(call.needsToken && call.inputs.some(({ value }) => value.kind === 'upload'))
    ? pythonWithSdk(call)
    : pythonWithout(call)

/** One word for a shell, in single quotes where it needs them. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** curl reads a text that begins so, or has a semicolon, as more than a text. */
const READ_BY_CURL = /^[@<("\s]|;|\s$/

const curlPart = ({ name, value }: Input): string => {
  if (value.kind === 'path') return `-F ${word(`${name}=@${value.path}`)}`
  const text =
    value.kind === 'upload'
      ? value.id
      : value.kind === 'list'
        ? value.json
        : value.kind === 'plain'
          ? String(value.value)
          : value.text
  return `${READ_BY_CURL.test(text) ? '--form-string' : '-F'} ${word(`${name}=${text}`)}`
}

const curl = (call: Call): string => {
  const notes = call.inputs.flatMap(({ name, note }) => (note === null ? [] : [`# ${name}: ${inLine(note)}`]))
  const lines = [
    `curl --fail-with-body ${word(call.origin + routes.generate(call.model))}`,
    ...(call.needsToken ? [`-H "X-API-KEY: $${TOKEN}"`] : []),
    ...headersOf(call).map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...call.inputs.map(curlPart),
    `-o ${fileNameOf(call)}`,
  ]
  return [...notes, lines.join(' \\\n  '), ''].join('\n')
}

const WRITERS: Readonly<Record<Language, (call: Call) => string>> = { typescript, python, curl }

/** A whole program, or command, that asks this server for the same and writes the result into a file. */
export const codeFor = (language: Language, call: Call): string => WRITERS[language](call)
