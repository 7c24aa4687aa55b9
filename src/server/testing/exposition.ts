/** A metric as Prometheus' text format has it, with each of its lines. */
export type Exposed = { type: string; help: string; samples: Sample[] }
export type Sample = { name: string; labels: Readonly<Record<string, string>>; value: number }

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"`
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (\\S+)$`)
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped']

const labelsOf = (text: string | undefined): Record<string, string> =>
  Object.fromEntries(
    [...(text ?? '').matchAll(/([a-zA-Z0-9_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )

const numberOf = (text: string): number => {
  if (text === '+Inf') return Infinity
  const value = Number(text)
  if (text === '' || (Number.isNaN(value) && !/^nan$/i.test(text))) throw new Error(`${text} is no number`)
  return value
}

/** The names that the lines of a metric may have. */
const namesOf = (name: string, type: string): string[] =>
  type === 'histogram'
    ? [`${name}_bucket`, `${name}_sum`, `${name}_count`]
    : type === 'summary'
      ? [name, `${name}_sum`, `${name}_count`]
      : [name]

const requireHistogram = (name: string, samples: readonly Sample[]): void => {
  const series = new Map<string, { buckets: [number, number][]; count: number | undefined }>()
  for (const { name: line, labels, value } of samples) {
    const { le, ...rest } = labels
    const key = JSON.stringify(rest)
    const one = series.get(key) ?? { buckets: [], count: undefined }
    series.set(key, one)
    if (line === `${name}_bucket`) one.buckets.push([numberOf(le ?? ''), value])
    if (line === `${name}_count`) one.count = value
  }
  for (const [key, { buckets, count }] of series) {
    const [last] = buckets.at(-1) ?? []
    if (last !== Infinity || buckets.at(-1)?.[1] !== count) throw new Error(`${name}${key} does not end with its count`)
    for (const [at, [bound, value]] of buckets.entries()) {
      const before = buckets[at - 1]
      if (before && (bound <= before[0] || value < before[1])) throw new Error(`${name}${key} falls at ${bound}`)
    }
  }
}

/**
 * Reads Prometheus' text format (0.0.4) as strictly as its description: every metric with a help and a type before its
 * lines and all of them together, no series twice, histograms that rise to their count. Throws at what is not so.
 */
export const readExposition = (text: string): Map<string, Exposed> => {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const metrics = new Map<string, Exposed>()
  const series = new Set<string>()
  let current: { name: string; metric: Exposed } | null = null
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (kind === 'HELP') {
      if (metrics.has(name)) throw new Error(`${name} comes twice`)
      current = { name, metric: { type: '', help: rest, samples: [] } }
      metrics.set(name, current.metric)
    } else if (kind === 'TYPE') {
      if (current?.name !== name || !TYPES.includes(rest)) throw new Error(`the type of ${name} is out of place`)
      current.metric.type = rest
    } else {
      const [, sample = '', labels, value = ''] = SAMPLE.exec(line) ?? []
      if (!current || !namesOf(current.name, current.metric.type).includes(sample)) throw new Error(`what is ${line}`)
      const key = `${sample}{${labels ?? ''}}`
      if (series.has(key)) throw new Error(`${key} comes twice`)
      series.add(key)
      current.metric.samples.push({ name: sample, labels: labelsOf(labels), value: numberOf(value) })
    }
  }
  for (const [name, { type, samples }] of metrics) if (type === 'histogram') requireHistogram(name, samples)
  return metrics
}

/** The value of a series; 0 where there is none. */
export const valueOf = (
  metrics: ReadonlyMap<string, Exposed>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number => {
  const metric = metrics.get(name) ?? metrics.get(name.replace(/_(bucket|sum|count)$/, ''))
  const wanted = JSON.stringify(Object.entries(labels).toSorted())
  const found = metric?.samples.find(
    (sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).toSorted()) === wanted,
  )
  return found?.value ?? 0
}
