import { readCount } from '../count.ts'
import { mentions, type Words } from '../words.ts'

const BOATS = ['canoe', 'kayak', 'raft', 'boat', 'rowboat']
const RAPIDS = ['rapid*', 'white water', 'whitewater', 'rafting', 'wild', 'mountain stream', 'torrent']

/** What the words ask of a river. `boats` is how many of them, undefined where the words leave it open. */
export const readRiver = (words: Words) => ({
  isCanyon: mentions(words, ['canyon', 'gorge', 'desert', 'badlands']),
  isForest: mentions(words, ['forest', 'jungle', 'woods', 'wood', 'rainforest', 'amazon']),
  /** Broad-leaved trees are named, or such as have needles. */
  hasLeaves: mentions(words, ['jungle', 'amazon', 'rainforest', 'autumn*', 'spring']),
  hasNeedles: mentions(words, ['pine*', 'mountain*']),
  hasRapids: mentions(words, RAPIDS),
  hasBoats: mentions(words, [...BOATS, 'rafting', 'paddl*']),
  boats: readCount(words, BOATS),
})
