import {
  rendererListSchema,
  rendererStatusSchema,
  settingsAnswerSchema,
  settingsRequestSchema,
  spendingSchema,
} from '../../shared/renderers.ts'
import { type Description, describe, json } from './describe.ts'

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'renderers', ...about })
const settings = {
  description: 'What is set, with "set" in the place of secrets.',
  content: json(settingsAnswerSchema),
}

/** What the routes of renderers say of themselves. */
export const describedRenderers = {
  list: of({
    operationId: 'list_renderers',
    summary: 'Who can render: how each stands, what it makes, what it lacks, what it costs',
    answers: { 200: { description: 'All of them, as they were last seen.', content: json(rendererListSchema) } },
    failures: [],
  }),
  check: of({
    operationId: 'check_renderer',
    summary: 'Look at a renderer now',
    answers: { 200: { description: 'How it stands.', content: json(rendererStatusSchema) } },
    failures: [403, 404],
  }),
  settings: of({
    operationId: 'get_renderer_settings',
    summary: 'How a renderer is set',
    answers: { 200: settings },
    failures: [403, 404],
  }),
  change: of({
    operationId: 'set_renderer',
    summary: 'Set a renderer: tested first, saved only where it works',
    description: 'What is left out stays; an empty text is forgotten; the environment wins over what is set here.',
    body: { content: { 'application/json': settingsRequestSchema } },
    answers: { 200: settings },
    failures: [403, 404, 408, 413, 422],
  }),
  forget: of({
    operationId: 'forget_renderer_settings',
    summary: 'Forget how a renderer is set',
    answers: { 200: settings },
    failures: [403, 404],
  }),
  spending: of({
    operationId: 'spending',
    summary: 'What was spent today, this month, and by day, renderer and model',
    answers: { 200: { description: "By the server's own days.", content: json(spendingSchema) } },
    failures: [],
  }),
}
