import { readySchema } from '../../shared/routes.ts'
import { describe, json } from './describe.ts'

const RETRY_AFTER = { description: 'Seconds after which to ask again.', schema: { type: 'integer' } } as const

/** What the routes for whoever runs the server say of themselves. */
export const describedServer = {
  ready: describe({
    operationId: 'ready',
    tag: 'server',
    summary: 'Whether the server takes jobs now',
    description:
      'For load balancers and whoever starts servers. That the process runs is told by `health`; this looks at what jobs need: the index, the disk, and that the server is not stopping.',
    answers: {
      200: { description: 'It does.', content: json(readySchema) },
      503: {
        description: 'It does not; `why` says what is missing.',
        content: json(readySchema),
        headers: { 'Retry-After': RETRY_AFTER },
      },
    },
    failures: [],
  }),
  metrics: describe({
    operationId: 'metrics',
    tag: 'server',
    summary: 'Figures for Prometheus',
    description:
      'In its text format. With METRICS_TOKEN set it wants that as a bearer; without, it answers programs on the same machine alone.',
    servers: [{ url: '/' }],
    answers: {
      200: { description: 'The figures as they now are.', content: { 'text/plain': { schema: { type: 'string' } } } },
    },
    failures: [401],
  }),
}
