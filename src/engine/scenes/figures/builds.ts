import type { Rgb } from '../../rgb.ts'

/** How an animal is built. Lengths are shares of its height at the shoulder; angles in radians above the horizontal. */
export type Build = {
  /** Between hip and shoulder, and how deep the trunk is at the chest and at the loins. */
  long: number
  chest: number
  loin: number
  leg: number
  thick: number
  neck: { long: number; up: number; thick: number }
  head: { long: number; thick: number; down: number }
  tail: { long: number; hang: number; thick: number }
  ears: number
  extra?: 'mane' | 'antlers' | 'wool' | 'hump' | 'horns' | 'trunk' | 'patches'
  coat: Rgb
  /** Head and legs, where they are of another colour. */
  points?: Rgb
  /** Height at the shoulder beside a person's 1.75 m, in metres; the length of a step as a share of it. */
  tall: number
  step: number
}

export const BUILDS = {
  horse: {
    long: 0.86,
    chest: 0.46,
    loin: 0.4,
    leg: 0.58,
    thick: 0.1,
    neck: { long: 0.56, up: 0.86, thick: 0.24 },
    head: { long: 0.36, thick: 0.15, down: 0.75 },
    tail: { long: 0.56, hang: 1.25, thick: 0.1 },
    ears: 0.07,
    extra: 'mane',
    coat: [132, 86, 56],
    tall: 1.55,
    step: 0.46,
  },
  deer: {
    long: 0.8,
    chest: 0.36,
    loin: 0.32,
    leg: 0.66,
    thick: 0.07,
    neck: { long: 0.5, up: 1.15, thick: 0.15 },
    head: { long: 0.27, thick: 0.12, down: 0.45 },
    tail: { long: 0.12, hang: 1, thick: 0.06 },
    ears: 0.1,
    extra: 'antlers',
    coat: [146, 102, 64],
    tall: 1.2,
    step: 0.42,
  },
  sheep: {
    long: 0.86,
    chest: 0.6,
    loin: 0.58,
    leg: 0.44,
    thick: 0.07,
    neck: { long: 0.2, up: 0.35, thick: 0.24 },
    head: { long: 0.26, thick: 0.16, down: 0.6 },
    tail: { long: 0.08, hang: 1.4, thick: 0.09 },
    ears: 0.08,
    extra: 'wool',
    coat: [232, 226, 212],
    points: [66, 58, 54],
    tall: 0.72,
    step: 0.34,
  },
  cow: {
    long: 1.06,
    chest: 0.54,
    loin: 0.5,
    leg: 0.5,
    thick: 0.11,
    neck: { long: 0.36, up: 0.25, thick: 0.28 },
    head: { long: 0.34, thick: 0.18, down: 0.8 },
    tail: { long: 0.5, hang: 1.5, thick: 0.04 },
    ears: 0.1,
    extra: 'horns',
    coat: [150, 98, 66],
    tall: 1.4,
    step: 0.38,
  },
  camel: {
    long: 0.72,
    chest: 0.38,
    loin: 0.32,
    leg: 0.66,
    thick: 0.08,
    neck: { long: 0.6, up: 0.72, thick: 0.13 },
    head: { long: 0.28, thick: 0.12, down: 0.15 },
    tail: { long: 0.3, hang: 1.4, thick: 0.04 },
    ears: 0.04,
    extra: 'hump',
    coat: [176, 132, 84],
    tall: 1.95,
    step: 0.46,
  },
  dog: {
    long: 0.86,
    chest: 0.4,
    loin: 0.3,
    leg: 0.6,
    thick: 0.1,
    neck: { long: 0.3, up: 0.95, thick: 0.22 },
    head: { long: 0.4, thick: 0.17, down: 0.12 },
    tail: { long: 0.46, hang: -0.7, thick: 0.07 },
    ears: 0.14,
    coat: [84, 62, 46],
    tall: 0.6,
    step: 0.6,
  },
  wolf: {
    long: 0.92,
    chest: 0.4,
    loin: 0.3,
    leg: 0.6,
    thick: 0.09,
    neck: { long: 0.34, up: 0.5, thick: 0.24 },
    head: { long: 0.42, thick: 0.17, down: 0.25 },
    tail: { long: 0.5, hang: 0.95, thick: 0.13 },
    ears: 0.13,
    coat: [112, 104, 98],
    tall: 0.75,
    step: 0.6,
  },
  giraffe: {
    long: 0.56,
    chest: 0.34,
    loin: 0.26,
    leg: 0.66,
    thick: 0.06,
    neck: { long: 0.92, up: 1.16, thick: 0.15 },
    head: { long: 0.21, thick: 0.085, down: 0.4 },
    tail: { long: 0.34, hang: 1.45, thick: 0.025 },
    ears: 0.05,
    extra: 'patches',
    coat: [214, 164, 98],
    tall: 3,
    step: 0.36,
  },
  elephant: {
    long: 0.74,
    chest: 0.64,
    loin: 0.6,
    leg: 0.44,
    thick: 0.2,
    neck: { long: 0.2, up: 0.25, thick: 0.34 },
    head: { long: 0.22, thick: 0.36, down: 1.15 },
    tail: { long: 0.42, hang: 1.45, thick: 0.025 },
    ears: 0.02,
    extra: 'trunk',
    coat: [128, 120, 118],
    tall: 2.9,
    step: 0.28,
  },
} as const satisfies Record<string, Build>

export type Beast = keyof typeof BUILDS
