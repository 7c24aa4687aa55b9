import { z } from 'zod'
import { jobPageSchema, jobSchema } from '../../shared/job.ts'
import { removedEventSchema, SPRITE_FRAMES } from '../../shared/library.ts'
import { noticeEventSchema, queueEventSchema } from '../../shared/routes.ts'
import { cancelQuery, listQuery } from '../routes/job-query.ts'
import { type Description, describe, fileAnswers, json, proxyAnswers } from './describe.ts'
import { answerSchema } from './schemas.ts'

/** A query parameter whose value does not matter. */
const downloadQuery = z.object({
  download: z.string().describe('Whatever it says, the answer is to be saved as a file and not shown').optional(),
})

const theJob = { 200: { description: 'The job as it now is.', content: json(jobSchema) } }

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'jobs', ...about })

/** What the routes of jobs say of themselves. Submitting is described by model: see `model-paths.ts`. */
export const describedJobs = {
  list: of({
    operationId: 'list_jobs',
    summary: 'Jobs, newest first',
    query: listQuery,
    answers: { 200: { description: 'A page of jobs.', content: json(jobPageSchema) } },
    failures: [422],
  }),
  cancelByKey: of({
    operationId: 'cancel_by_key',
    summary: 'Cancel what was submitted with an Idempotency-Key',
    description: 'Also while its inputs are still coming in: then no job comes of it.',
    query: cancelQuery,
    answers: {
      200: {
        description: 'The job, or that its submission was abandoned.',
        content: json(z.union([jobSchema, z.object({ abandoned: z.literal(true) })])),
      },
    },
    failures: [404, 422],
  }),
  get: of({ operationId: 'get_job', summary: 'A job', answers: theJob, failures: [404] }),
  cancel: of({
    operationId: 'cancel_job',
    summary: 'Cancel an unfinished job',
    description: "Decart's cloud knows no cancel: what was ordered there may still be billed.",
    answers: theJob,
    failures: [404, 409],
  }),
  content: of({
    operationId: 'get_job_content',
    summary: "A completed job's media",
    query: downloadQuery,
    answers: fileAnswers('The bytes, whole.', 'video/mp4', 'image/png'),
    failures: [404, 409, 416],
  }),
  thumbnail: of({
    operationId: 'get_job_thumbnail',
    summary: 'A small still',
    answers: fileAnswers('The bytes, whole.', 'image/webp'),
    failures: [404, 409, 416],
  }),
  sprite: of({
    operationId: 'get_job_sprite',
    summary: `${SPRITE_FRAMES} moments of a clip, side by side`,
    description: `Each stands in the middle of one of ${SPRITE_FRAMES} equal parts of the clip; all are of one size, at most 180 pixels high. A picture has none.`,
    answers: fileAnswers('The bytes, whole.', 'image/webp'),
    failures: [404, 409, 415, 416, 507],
  }),
  proxy: of({
    operationId: 'get_job_proxy',
    summary: "A long clip's frames, small and quickly decoded",
    description:
      'An MP4 of the same frames at the same times, its long side at most 640 pixels, a keyframe at least every 12. Of clips longer than six seconds.',
    answers: proxyAnswers,
    failures: [404, 409, 415, 416, 507],
  }),
  star: of({
    operationId: 'star_job',
    summary: 'Star a completed job',
    answers: theJob,
    failures: [404, 409, 507],
  }),
  unstar: of({
    operationId: 'unstar_job',
    summary: "Take a job's star away",
    answers: theJob,
    failures: [404, 409, 507],
  }),
  resume: of({
    operationId: 'resume_job',
    summary: 'Go on with a failed job whose order still stands elsewhere',
    answers: theJob,
    failures: [404, 409, 503],
  }),
  events: of({
    operationId: 'events',
    summary: 'What changes, as server-sent events',
    description:
      'The event `job` has the job as it now is, `queue` how many jobs wait and run, `removed` the ids of jobs that are gone for good, `notice` what the server has to say of itself. One that reconnects asks for the list to learn what it missed.',
    answers: {
      200: {
        description: 'The stream. The schema is that of the data of each event.',
        content: {
          'text/event-stream': {
            schema: answerSchema(z.union([jobSchema, queueEventSchema, noticeEventSchema, removedEventSchema])),
          },
        },
      },
    },
    failures: [429],
  }),
}
