import type { z } from 'zod'
import { jobSchema } from '../../shared/job.ts'
import {
  archiveRequestSchema,
  archiveSchema,
  changedSchema,
  changesSchema,
  emptiedSchema,
  renameSchema,
  shelvesSchema,
} from '../../shared/library.ts'
import { fileResourceSchema } from '../../shared/media.ts'
import { type Description, describe, json, media } from './describe.ts'

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'library', ...about })

const body = (schema: z.ZodType) => ({ content: { 'application/json': schema } })

/** What the routes of the library say of themselves. */
export const describedLibrary = {
  rename: of({
    operationId: 'rename_job',
    summary: "Give a completed job's take a name, or take its name away",
    body: body(renameSchema),
    answers: { 200: { description: 'The job as it now is.', content: json(jobSchema) } },
    failures: [404, 409, 422, 507],
  }),
  change: of({
    operationId: 'change_jobs',
    summary: 'Star, bin, restore or shelve many jobs',
    description: 'Each on its own: those that cannot be changed are told, and the others are.',
    body: body(changesSchema),
    answers: { 200: { description: 'The jobs as they now are.', content: json(changedSchema) } },
    failures: [422, 507],
  }),
  shelves: of({
    operationId: 'list_shelves',
    summary: 'The shelves with how many takes stand on each, and how many jobs lie in the bin',
    answers: { 200: { description: 'The shelves, by name.', content: json(shelvesSchema) } },
    failures: [],
  }),
  empty: of({
    operationId: 'empty_bin',
    summary: 'Remove for good what lies in the bin',
    description: 'With its files. What became an input of another job stays that.',
    answers: { 200: { description: 'How many jobs are gone.', content: json(emptiedSchema) } },
    failures: [507],
  }),
  asFile: of({
    operationId: 'use_take_as_file',
    summary: "A completed job's take as a file that can be an input",
    description: 'The same file each time, without its bytes being sent. A file field takes the id of the job too.',
    answers: { 200: { description: 'The file.', content: json(fileResourceSchema) } },
    failures: [404, 409, 413, 415, 507],
  }),
  archive: of({
    operationId: 'create_archive',
    summary: 'Prepare a ZIP file of takes',
    body: body(archiveRequestSchema),
    answers: { 200: { description: 'Good for ten minutes.', content: json(archiveSchema) } },
    failures: [404, 413, 422],
  }),
  download: of({
    operationId: 'download_archive',
    summary: 'The ZIP file, made while it is sent',
    description: 'What is not there any more is listed in missing.txt inside of it.',
    answers: { 200: { description: 'The bytes.', content: media('application/zip') } },
    failures: [404],
  }),
}
