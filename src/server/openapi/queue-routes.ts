import { cancelledSchema, moveSchema, pauseSchema, queueSchema } from '../../shared/queue.ts'
import { type Description, describe, json } from './describe.ts'

const theQueue = { 200: { description: 'The queue as it now is.', content: json(queueSchema) } }

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'jobs', ...about })

/** What the routes of the queue say of themselves. */
export const describedQueue = {
  get: of({
    operationId: 'get_queue',
    summary: 'What runs, and the first 50 that wait',
    description: 'In the order in which they will begin, those of all renderers in one.',
    answers: theQueue,
    failures: [422],
  }),
  pause: of({
    operationId: 'pause_queue',
    summary: 'Let nothing begin',
    description:
      'Also after a restart. What runs goes to its end; with `requeue` the renders of this machine go back to the head of the queue and begin anew later. What was ordered elsewhere goes on in any case: it would be paid for twice.',
    body: { content: { 'application/json': pauseSchema }, required: false },
    answers: theQueue,
    failures: [408, 413, 422, 507],
  }),
  goOn: of({
    operationId: 'continue_queue',
    summary: 'Let what waits go on',
    answers: theQueue,
    failures: [422, 507],
  }),
  move: of({
    operationId: 'move_in_queue',
    summary: 'Put a job that waits before another that does, or last',
    body: { content: { 'application/json': moveSchema } },
    answers: theQueue,
    failures: [404, 408, 409, 413, 422, 507],
  }),
  cancel: of({
    operationId: 'cancel_waiting',
    summary: 'Cancel all that wait',
    description: 'What runs goes on.',
    answers: { 200: { description: 'How many it were.', content: json(cancelledSchema) } },
    failures: [422, 507],
  }),
}
