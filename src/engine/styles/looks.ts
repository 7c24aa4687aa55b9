import { noir, vintage } from './looks/films.ts'
import { oil, watercolour } from './looks/paintings.ts'
import type { Look } from './studio.ts'

export type LookName = 'watercolour' | 'oil' | 'noir' | 'vintage'
export const looks: Record<LookName, Look> = { watercolour, oil, noir, vintage }
