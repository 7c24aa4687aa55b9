import type { ExportPart } from '../../src/web/compare/testing/export-page.tsx'
import type { BenchClip, CompareRig } from './compare-rig.ts'

/** How long the strip of similarities of two clips takes, decoding included; how many frames have a value. */
export const stripRow = async (rig: CompareRig, a: BenchClip, b: BenchClip): Promise<string[]> => {
  const page = await rig.page('similarity-page')
  const [milliseconds, known, all] = await page.evaluate(
    async ([one, other]) => {
      const { milliseconds: took, values } = await window.similarity.measureFiles(one, other)
      return [took, values.filter((value) => !Number.isNaN(value)).length, values.length] as const
    },
    [a.name, b.name] as const,
  )
  await page.close()
  return [`strip of ${a.known.end.toFixed(0)} s`, `${(milliseconds / 1000).toFixed(2)} s`, `${known} of ${all}`, '5 s']
}

/** How many frames a second an export makes. */
export const exportRow = async (
  rig: CompareRig,
  title: string,
  clips: readonly BenchClip[],
  part: ExportPart,
): Promise<string[]> => {
  const page = await rig.page('export-page')
  const outcome = await page.evaluate(
    async ([files, wish]) => {
      const made = await window.exporting.run(files, wish)
      return made.name === 'made'
        ? { frames: made.frames, seconds: made.milliseconds / 1000, size: `${made.width}x${made.height}` }
        : made.reason
    },
    [clips.map(({ name }) => name), part] as const,
  )
  await page.close()
  if (typeof outcome === 'string') throw new Error(outcome)
  const { frames, seconds, size } = outcome
  return [`${title}, ${size}`, `${seconds.toFixed(2)} s`, `${(frames / seconds).toFixed(0)} frames/s`, 'reported']
}
