import type { RendererStatus } from '../../shared/renderers.ts'
import { findModel, useModels } from '../data/models.ts'
import { MissingFiles } from './missing-files.tsx'
import { factsOf } from './price-words.ts'
import { type Run, runsOf } from './runs.ts'

const RunRow = ({ run: { offer, models } }: { run: Run }) => (
  <li className="border-t border-line py-2.5 first:border-t-0">
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <p className="font-medium">
        {offer.engine.name}
        {offer.engine.version !== undefined && <span className="font-normal text-faint"> {offer.engine.version}</span>}
      </p>
      <p className="text-xs text-faint">{factsOf(offer).join(' · ')}</p>
    </div>
    <p className="text-xs leading-[18px] text-soft">for {models.map(({ title }) => title).join(' · ')}</p>
    {offer.limits.map((limit) => (
      <p key={limit} className="text-xs leading-[18px] text-faint">
        {limit}
      </p>
    ))}
    {offer.reason !== null && offer.missing.length === 0 && (
      <p className="mt-1 break-words text-trouble">{offer.reason}</p>
    )}
    {offer.missing.length > 0 && <MissingFiles missing={offer.missing} />}
  </li>
)

/** Every engine of a renderer with the models that it runs for, and what is missing. */
export const WhatItRuns = ({ status }: { status: RendererStatus }) => {
  useModels()
  const runs = runsOf(status, findModel)
  if (runs.length === 0) return null
  return (
    <div>
      <h4 className="text-xs font-medium text-faint">What it runs</h4>
      <ul className="mt-1">
        {runs.map((run) => (
          <RunRow key={`${run.offer.engine.name} ${run.models[0]?.id ?? ''}`} run={run} />
        ))}
      </ul>
    </div>
  )
}
