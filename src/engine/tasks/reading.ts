import type { Reading } from '../../shared/job.ts'
import { type TrajectoryPoint, trajectoryWords } from '../../shared/models/trajectory.ts'
import type { Moved } from '../frames.ts'
import type { RenderOrder } from '../process/messages.ts'
import { nameOfColour } from '../prompt/colours.ts'
import type { Rgb } from '../rgb.ts'
import type { Hero } from '../prompt/hero.ts'
import { readMotionBrief } from '../prompt/motion-brief.ts'
import { readSceneBrief } from '../prompt/scene-brief.ts'
import { readTransitionBrief } from '../prompt/transition-brief.ts'
import { readStyle, type StyleBrief } from '../styles/read-style.ts'
import { CLIP_SECONDS } from './open-source.ts'

const listed = (values: Iterable<string>): string => [...values].join(', ')
const colourNames = (colours: readonly Rgb[]): string => listed(new Set(colours.map(nameOfColour)))
const paceName = (pace: number): string => (pace > 1 ? 'lively' : pace < 1 ? 'slow' : '')
const spaced = (name: string | undefined): string | null => name?.replaceAll('-', ' ') ?? null

/** Parts that are empty were not asked for and are not told; null is the seed's choice. */
const told = (parts: Readonly<Record<string, string | null>>): Reading =>
  Object.entries(parts).flatMap(([part, value]) => (value === '' ? [] : [{ part, value }]))

/** What is said of one who stands close. */
const STANDING: Readonly<Record<Hero, string>> = {
  samurai: 'a samurai',
  knight: 'a knight',
  wizard: 'a wizard',
  umbrella: 'somebody under an umbrella',
  astronaut: 'an astronaut',
  cloak: 'somebody in a cloak',
}

const readingOfScene = (prompt: string): Reading => {
  const brief = readSceneBrief(prompt)
  return told({
    Place:
      brief.motif ??
      (brief.placeFrom === 'nothing' && !brief.hero ? 'nowhere that is known: abstract forms' : brief.place),
    'Also there': listed(brief.also),
    Figures: listed([...(brief.hero ? [STANDING[brief.hero]] : []), ...brief.figures]),
    Light: spaced(brief.time),
    Weather: spaced(brief.weather),
    Season: spaced(brief.season),
    Colours: colourNames(brief.colours),
    Manner: brief.style === 'plain' ? '' : brief.style,
    Camera: spaced(brief.camera),
    Pace: paceName(brief.pace),
  })
}

const adjustments = ({ saturation, brightness, warmth, contrast }: StyleBrief): string =>
  listed(
    [
      saturation > 1 ? 'more colour' : saturation < 1 ? 'less colour' : '',
      brightness > 0 ? 'brighter' : brightness < 0 ? 'darker' : '',
      warmth > 0 ? 'warmer' : warmth < 0 ? 'colder' : '',
      contrast > 1 ? 'more contrast' : contrast < 1 ? 'less contrast' : '',
    ].filter((word) => word !== ''),
  )

const TEXTURES: Readonly<Record<StyleBrief['texture'], string>> = { none: '', grit: 'gritty', glow: 'soft glow' }

const readingOfEdit = (prompt: string, hasReference: boolean): Reading => {
  const brief = readStyle(prompt, hasReference)
  return told({
    Look: brief.look === 'grade' ? null : brief.look === 'plain' ? 'as it is' : brief.look,
    'Mixed with': brief.second ?? '',
    'Light and weather': brief.light ?? '',
    Texture: TEXTURES[brief.texture],
    Adjusted: adjustments(brief),
    Strength: brief.amount < 1 ? `${Math.round(brief.amount * 100)} %` : '',
    Colours: colourNames(brief.tints),
    Palette: hasReference ? 'of the reference image' : '',
  })
}

const readingOfMotion = (prompt: string): Reading => {
  const { camera, pace, effects } = readMotionBrief(prompt)
  return told({ Moves: listed(effects), Camera: spaced(camera), Pace: paceName(pace) })
}

const MOVES: Readonly<Record<Moved, string>> = {
  subject: 'what stands at its start',
  place: 'the place at its start, since nothing stands out there',
}

const readingOfPath = (points: readonly TrajectoryPoint[], fps: number, moved: Moved | undefined): Reading =>
  told({
    Path: trajectoryWords(points, fps),
    Moves: moved ? MOVES[moved] : '',
    'Left out': (points.at(-1)?.frame ?? 0) > CLIP_SECONDS * fps ? `what comes after ${CLIP_SECONDS} s` : '',
  })

const readingOfTransition = (prompt: string): Reading => {
  const { kind, direction, round, pace } = readTransitionBrief(prompt)
  return told({
    Transition: round && kind === 'wipe' ? 'round wipe' : kind,
    Direction: direction ?? '',
    Pace: paceName(pace),
  })
}

/**
 * What the engine took a prompt, or a path, to say, in words for the person who gave it: the parts in the order of their
 * weight. `moved` is what a path was found to move.
 */
export const readingOf = (
  { task, prompt, sources, trajectory, fps }: Pick<RenderOrder, 'task' | 'prompt' | 'sources' | 'trajectory' | 'fps'>,
  moved?: Moved,
): Reading => {
  switch (task) {
    case 'text-to-video':
    case 'text-to-image':
      return readingOfScene(prompt)
    case 'video-edit':
    case 'image-edit':
      return readingOfEdit(prompt, sources['reference_image'] !== undefined)
    case 'image-to-video':
      return trajectory ? readingOfPath(trajectory, fps, moved) : readingOfMotion(prompt)
    case 'transition':
      return readingOfTransition(prompt)
  }
}
