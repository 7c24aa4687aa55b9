import type { Task } from '../../../shared/models/define.ts'
import { type Role, ROLES } from '../../../shared/workflows.ts'

/** What a graph does, as far as what it takes tells it; `custom` where that tells nothing. */
export const taskOf = (kind: 'video' | 'image', roles: ReadonlySet<Role>): Task => {
  if (kind === 'video') {
    if (roles.has('video')) return 'video-edit'
    if (roles.has('last_image')) return roles.has('image') ? 'transition' : 'custom'
    if (roles.has('image')) return 'image-to-video'
    return roles.has('prompt') ? 'text-to-video' : 'custom'
  }
  if (roles.has('video') || roles.has('last_image')) return 'custom'
  if (roles.has('image')) return 'image-edit'
  return roles.has('prompt') ? 'text-to-image' : 'custom'
}

/** The names of the fields of a model for each role, as every other model calls the same. */
export const fieldOf = (role: Role, roles: ReadonlySet<Role>): string => {
  switch (role) {
    case 'image':
      return roles.has('last_image') && !roles.has('video') ? 'start' : roles.has('video') ? 'reference_image' : 'data'
    case 'last_image':
      return 'end'
    case 'video':
      return 'data'
    case 'steps':
      return 'num_inference_steps'
    default:
      return role
  }
}

/** Names that mean something already: to other models, or to JavaScript. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    ROLES,
    ['data', 'start', 'end', 'reference_image', 'num_inference_steps', 'resolution', 'orientation', 'enhance_prompt'],
    ['__proto__', 'constructor', 'prototype'],
  ].flat(),
)

/** The name of the field of an exposed input: the person's words for it as a name, unlike all others. */
export const exposedField = (name: string, taken: ReadonlySet<string>): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
  const base = /^[a-z]/.test(plain) ? plain : `input_${plain}`.replace(/_$/, '')
  let field = base
  for (let count = 2; taken.has(field) || RESERVED.has(field); count++) field = `${base}_${count}`
  return field
}
