import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Reading } from '../../shared/job.ts'
import { RENDERER_WORDS, type Take } from '../data/take.ts'
import { formatBytes, formatElapsed, formatFps, formatSeconds, formatSize } from '../ui/format.ts'

const factsOf = ({ state }: Take): string[] => {
  if (state.name !== 'done') return []
  const { output, seconds } = state
  return [
    formatSize(output),
    ...(output.fps === null ? [] : [`${formatFps(output.fps)} fps`]),
    ...(output.duration === null ? [] : [formatSeconds(output.duration)]),
    formatBytes(output.bytes),
    `made in ${seconds < 10 ? formatSeconds(seconds) : formatElapsed(seconds)}`,
  ]
}

const Seed = ({ seed }: { seed: number }) => {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    void navigator.clipboard.writeText(String(seed)).then(
      () => setCopied(true),
      // Not allowed: the number stands there to be read.
      () => undefined,
    )
  }
  // Pages that came by plain http from another machine have no clipboard.
  if (!('clipboard' in navigator)) return <span>Seed {seed}</span>
  return (
    <button
      type="button"
      aria-label={copied ? 'Seed copied' : `Copy seed ${seed}`}
      title="Copy seed"
      className="inline-flex min-h-6 items-center pointer-coarse:min-h-11 gap-1 rounded px-1 -mx-1 hover:bg-raised hover:text-ink"
      onClick={copy}
    >
      Seed {seed}
      {copied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
    </button>
  )
}

/** How the local engine read the prompt: what words it found, and what it left to the seed. */
const ReadAs = ({ reading }: { reading: Reading }) => {
  const left = reading.filter(({ value }) => value === null).map(({ part }) => part.toLowerCase())
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-faint">
      <span>Prompt read as</span>
      {reading.map(
        ({ part, value }) =>
          value !== null && (
            <span key={part}>
              {part.toLowerCase()} <span className="text-soft">{value}</span>
            </span>
          ),
      )}
      {left.length > 0 && <span>left to the seed: {left.join(', ')}</span>}
    </p>
  )
}

/** What the take is and what it was made from. */
export const Details = ({ take }: { take: Take }) => (
  <div className="flex flex-col gap-1 px-4 pt-1 pb-3 leading-5">
    {take.prompt !== '' && (
      <p className="line-clamp-2 break-words" title={take.prompt}>
        {take.prompt}
      </p>
    )}
    <p className="flex flex-wrap items-center gap-x-3 text-xs text-faint">
      <span className="text-soft">
        {take.model?.title ?? take.modelId} · {RENDERER_WORDS[take.renderer]}
      </span>
      {take.seed !== null && <Seed seed={take.seed} />}
      {factsOf(take).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
    {take.state.name === 'done' && take.state.output.reading && <ReadAs reading={take.state.output.reading} />}
  </div>
)
