import { readCount } from '../count.ts'
import { mentions, type Words } from '../words.ts'

const MODERN = ['modern', 'high speed', 'bullet', 'shinkansen', 'tgv', 'electric', 'fast train', 'futuris*', 'metro']

/** What the words ask of a railway. `coaches` is how many of them, undefined where the words leave it open. */
export const readRailway = (words: Words) => ({
  isModern: mentions(words, MODERN),
  hasViaduct: mentions(words, ['viaduct', 'bridge', 'arches', 'valley', 'gorge']),
  isByWater: mentions(words, ['lake', 'coast*', 'sea', 'shore', 'along', 'reflect*']),
  coaches: readCount(words, ['coach', 'carriage', 'wagon', 'car']),
})
