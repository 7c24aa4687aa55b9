import { Check, ChevronDown, ChevronUp, Copy } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { Reading } from '../../shared/job.ts'
import { makerWords, moneyWords } from '../data/renderer-words.ts'
import type { Take } from '../data/take.ts'
import { IconButton } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { later } from '../ui/later.tsx'
import { formatBytes, formatElapsed, formatFps, formatSeconds, formatSize } from '../ui/format.ts'

const OwnerName = later<{ id: string }>(async () => (await import('./owner-name.tsx')).OwnerName)

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

/** What went out for it, or is likely to; nothing where no money is involved. */
const moneyOf = ({ billed, estimate }: Take): string[] => {
  if (billed !== null) return [billed.usd === 0 ? 'cost nothing' : `cost ${moneyWords(billed)}`]
  return estimate === null || estimate.usd === 0
    ? []
    : [`likely to cost ${moneyWords({ ...estimate, certain: false })}`]
}

const Seed = ({ seed }: { seed: number }) => {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    void copyText(String(seed)).then(
      () => setCopied(true),
      // Not allowed: the number stands there to be read.
      () => undefined,
    )
  }
  return (
    <span>
      <button
        type="button"
        aria-label={`Copy seed ${seed}`}
        data-tip="Copy seed"
        className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 hover:bg-raised hover:text-ink pointer-coarse:min-h-11"
        onClick={copy}
      >
        Seed {seed}
        {copied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
      </button>
      <span role="status" className="sr-only">
        {copied && 'Seed copied'}
      </span>
    </span>
  )
}

/** How the local engine read the prompt or the path: what it found, and what it left to the seed. */
const ReadAs = ({ prompt, reading }: { prompt: string; reading: Reading }) => {
  const left = reading.filter(({ value }) => value === null).map(({ part }) => part.toLowerCase())
  return (
    <p className="fact-line text-xs text-faint">
      <span>{prompt === '' ? 'Read as' : 'Prompt read as'}</span>
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

/** Each in one line, so that the picture stands where it stood. All of it can be read, and taken, where it is opened. */
export const Details = ({ take, open, onOpen }: { take: Take; open: boolean; onOpen: (open: boolean) => void }) => {
  const { prompt, warnings, state } = take
  const id = useId()
  const words = open ? 'Show less' : 'Show all'
  return (
    <section aria-label="About this take" className="facts" data-open={open || undefined}>
      <div id={id} className="facts-text scrollbar-quiet leading-5">
        {/* An empty line stands where there is no prompt. */}
        <p className="fact-line facts-prompt">{prompt === '' ? '\u00a0' : prompt}</p>
        <p className="fact-line items-center text-xs text-faint">
          <span className="text-soft">
            {take.model?.title ?? take.modelId} · {makerWords(take)}
          </span>
          {take.seed !== null && <Seed seed={take.seed} />}
          {take.owner && <OwnerName id={take.owner} />}
          {[...factsOf(take), ...moneyOf(take)].map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {warnings.map((warning) => (
          <p key={warning} className="verbatim fact-line text-xs break-words text-faint">
            {warning}
          </p>
        ))}
        {state.name === 'done' && state.output.reading && <ReadAs prompt={prompt} reading={state.output.reading} />}
      </div>
      <IconButton label={words} aria-expanded={open} aria-controls={id} onClick={() => onOpen(!open)}>
        {open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
      </IconButton>
    </section>
  )
}
