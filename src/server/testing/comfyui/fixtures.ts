import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** One answer of ComfyUI, in the form that its source writes it: see `source`. The values are ours. */
const fixtureSchema = z.object({
  source: z.object({ repo: z.string().min(1), commit: z.string().nullable(), path: z.string().min(1) }),
  request: z.string(),
  status: z.number(),
  type: z.string(),
  body: z.unknown(),
})
export type Fixture = z.infer<typeof fixtureSchema>

const folder = new URL('../fixtures/comfyui/wire/', import.meta.url)

/** All fixtures by name. */
export const readFixtures = (): ReadonlyMap<string, Fixture> =>
  new Map(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, ''),
      fixtureSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
    ]),
  )

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Keys by which both sides have the same thing, whatever its number or id. */
const sameKey = (one: string, others: readonly string[]): string | undefined =>
  others.find((key) => key === one) ??
  (ID.test(one) || /^\d+$/.test(one) ? others.find((key) => ID.test(key) || /^\d+$/.test(key)) : undefined)

/**
 * Where an answer differs in form from a fixture: paths that the answer has in another type, or has and the fixture does
 * not. What the fixture has besides is not wanted of the fake.
 */
export const differences = (answer: unknown, fixture: unknown, path = ''): string[] => {
  // A node of a graph, which is the caller's own.
  if (isRecord(answer) && isRecord(fixture) && 'class_type' in answer && 'inputs' in answer) return []
  if (isRecord(answer) && isRecord(fixture))
    return Object.entries(answer).flatMap(([key, value]) => {
      const same = sameKey(key, Object.keys(fixture))
      return same === undefined ? [`${path}.${key} is not there`] : differences(value, fixture[same], `${path}.${key}`)
    })
  if (Array.isArray(answer) && Array.isArray(fixture))
    return answer.flatMap((value, index) =>
      fixture.length === 0 ? [] : differences(value, fixture[Math.min(index, fixture.length - 1)], `${path}[${index}]`),
    )
  const types = [typeof answer, typeof fixture]
  const isNull = answer === null || fixture === null
  return isNull || (types[0] === types[1] && isRecord(answer) === isRecord(fixture))
    ? []
    : [`${path}: ${types.join(' for ')}`]
}
