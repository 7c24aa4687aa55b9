import { Dictionary } from 'node-av/lib'

/**
 * FFmpeg consumes the options that it is given, and node-av frees them a second time when the dictionary is collected,
 * which corrupts the heap. So none is ever collected: a process makes a handful.
 */
const kept: Dictionary[] = []

export const toOptions = (values: Record<string, string>): Dictionary => {
  const dictionary = Dictionary.fromObject(values)
  kept.push(dictionary)
  return dictionary
}
