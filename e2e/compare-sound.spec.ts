import { open } from './compare-clips.ts'
import { expect, test } from './compare-fixtures.ts'

// What is handed to the loudspeaker: when, from where in its buffer, how much of it and how fast.

/** Seconds of the sound system's clock: when it is over, and how long all of it takes. */
type Heard = { over: number; length: number; rate: number; stopped: boolean }

declare global {
  interface Window {
    heard: Heard[]
  }
}

test('the sound of the side one chooses follows its picture: without gaps, at its speed, and silent when it stands', async ({
  page,
  rig,
}) => {
  await page.addInitScript(() => {
    window.heard = []
    const { start, stop } = AudioBufferSourceNode.prototype
    const notes = new WeakMap<AudioBufferSourceNode, Heard>()
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0) {
      const rate = this.playbackRate.value
      const length = (this.buffer?.duration ?? 0) / rate
      const note = { over: when + length - offset / rate, length, rate, stopped: false }
      notes.set(this, note)
      window.heard.push(note)
      start.call(this, when, offset)
    }
    AudioBufferSourceNode.prototype.stop = function (when) {
      const note = notes.get(this)
      if (note) note.stopped = true
      stop.call(this, when)
    }
  })
  const options = { width: 320, height: 180, fps: 25, seconds: 3, audio: true } as const
  const loud = await rig.clip('loud.mp4', options)
  const mute = await rig.clip('mute.mp4', { ...options, audio: false, first: 500 })
  await open(page, rig, [mute, loud])
  // A page may not make a sound before it is touched.
  await page.mouse.click(5, 5)
  expect(
    await page.evaluate(() => window.harness.state().sides.map((side) => side.name === 'ready' && side.info?.hasAudio)),
  ).toEqual([false, true])

  const heard = () => page.evaluate(() => window.heard)
  const viewer = (work: 'play' | 'pause') => page.evaluate((name) => window.harness.viewer()[name](), work)
  const reach = (time: number) =>
    expect.poll(() => page.evaluate(() => window.harness.state().shown.time)).toBeGreaterThan(time)

  await viewer('play')
  await reach(0.5)
  expect(await heard()).toEqual([])

  await page.evaluate(() => window.harness.viewer().setSound(1))
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(12)
  // One after another to a millisecond, from where it last had to begin anew: what comes late is let in further on.
  const follows = (next: Heard, before: Heard | undefined) =>
    before === undefined || Math.abs(next.over - next.length - before.over) < 0.002
  await expect
    .poll(async () => (await heard()).slice(-8).map((next, at, all) => follows(next, all[at - 1])))
    .toEqual(Array.from({ length: 8 }, () => true))

  await viewer('pause')
  await expect.poll(async () => (await heard()).slice(-3).every(({ stopped }) => stopped)).toBe(true)
  const before = (await heard()).length
  await page.evaluate(() => {
    window.harness.viewer().setRate(0.5)
    window.harness.viewer().seek(1)
  })
  await viewer('play')
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(before + 2)
  expect((await heard()).at(-1)?.rate).toBe(0.5)

  await page.evaluate(() => window.harness.viewer().setSound(null))
  await expect.poll(async () => (await heard()).slice(-2).every(({ stopped }) => stopped)).toBe(true)
})
