import type { ClipOptions } from './messages.ts'

/** So many numbers, one after another. */
export const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
const every = (count: number, fps: number) => Array.from({ length: count }, (_, index) => index / fps)

const UNEVEN = [0, 1, 2, 8, 9, 10, 15, 16, 17, 18, 19, 20]
/** As they like: on no rate's ticks. Ticks of a thousandth. */
const LOOSE = [0, 31, 70, 100, 142, 163, 210, 300, 331, 600]

/**
 * Clips whose timelines are told in every way that there is: how they are made, the numbers of the frames that they show,
 * and when these begin. Seconds.
 */
export const TIMELINES: Record<string, { options: ClipOptions; shows: number[]; at: number[] }> = {
  'a fragmented MP4 that starts at 0.08 s': {
    options: { fragmented: true, late: 2, seconds: 0.6, bFrames: 0 },
    shows: numbers(0, 15),
    at: every(15, 25),
  },
  'a beginning that an edit list hides': {
    options: { hidden: 6, seconds: 0.4 },
    shows: numbers(6, 10),
    at: every(10, 25),
  },
  'a beginning and an end that an edit list hides': {
    options: { edits: [{ from: 0.2, seconds: 0.4 }], seconds: 1 },
    shows: numbers(5, 10),
    at: every(10, 25),
  },
  'a beginning in which an edit list shows nothing': {
    options: { late: 10, seconds: 0.4, audio: true },
    shows: numbers(0, 10),
    at: every(10, 25),
  },
  'two parts': {
    options: {
      seconds: 1.2,
      // Its sound goes on for longer.
      audio: true,
      edits: [
        { from: 0.08, seconds: 0.4 },
        { from: 0.8, seconds: 0.32 },
      ],
    },
    shows: [...numbers(2, 10), ...numbers(20, 8)],
    at: every(18, 25),
  },
  'two parts, the later one first': {
    options: {
      seconds: 1.2,
      edits: [
        { from: 0.8, seconds: 0.24 },
        { from: 0.08, seconds: 0.24 },
      ],
    },
    shows: [...numbers(20, 6), ...numbers(2, 6)],
    at: every(12, 25),
  },
  'a rate that varies on the ticks of another': {
    options: { ticks: UNEVEN },
    shows: numbers(0, UNEVEN.length),
    at: UNEVEN.map((tick) => tick / 25),
  },
  'frames that come as they like': {
    options: { ticks: LOOSE, fps: 1000, container: 'matroska' },
    shows: numbers(0, LOOSE.length),
    at: LOOSE.map((tick) => tick / 1000),
  },
  'a gap in the middle': {
    options: { ticks: [...numbers(0, 6), ...numbers(40, 6)] },
    shows: numbers(0, 12),
    at: [...numbers(0, 6), ...numbers(40, 6)].map((tick) => tick / 25),
  },
  'MKV from 0.2 s on': {
    options: { container: 'matroska', late: 5, seconds: 0.4 },
    shows: numbers(0, 10),
    at: every(10, 25),
  },
  'WebM from 0.167 s on, its times rounded': {
    options: { container: 'webm', codec: 'vp9', fps: 30, late: 5, seconds: 0.4 },
    shows: numbers(0, 12),
    at: every(12, 30),
  },
  'a transport stream': {
    options: { container: 'mpegts', late: 40, seconds: 0.4 },
    shows: numbers(0, 10),
    at: every(10, 25),
  },
  'more frames than an edit may have': {
    options: { fps: 120, seconds: 0.2 },
    shows: numbers(0, 12).map((index) => 2 * index),
    at: every(12, 60),
  },
}
