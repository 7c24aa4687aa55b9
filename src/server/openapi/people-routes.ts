import { z } from 'zod'
import {
  apiTokenListSchema,
  auditPageSchema,
  invitationSchema,
  inviteSchema,
  lookSchema,
  madeTokenSchema,
  meSchema,
  newPersonSchema,
  newTokenSchema,
  personChangesSchema,
  personListSchema,
  personSchema,
  renameSelfSchema,
  sessionStateSchema,
  signInSchema,
} from '../../shared/people.ts'
import { type Description, describe, json } from './describe.ts'

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'people', ...about })

const body = (schema: z.ZodType) => ({ content: { 'application/json': schema } })

const theMe = { 200: { description: 'Who asks.', content: json(meSchema) } }
const DONE = { 204: { description: 'Done.' } }

/** The cursor's own schema stands beside its route, which needs this file. */
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().describe('`next_cursor` of the page before').optional(),
})

/** What the routes of people say of themselves. */
export const describedPeople = {
  me: of({
    operationId: 'get_me',
    summary: 'Who asks, and how this studio knows it',
    description: '`person` is null where the studio has no accounts.',
    answers: theMe,
    failures: [],
  }),
  rename: of({
    operationId: 'rename_me',
    summary: 'Change how one is called',
    body: body(renameSelfSchema),
    answers: theMe,
    failures: [404, 408, 413, 422],
  }),
  session: of({
    operationId: 'get_session',
    summary: 'Whether one is signed in, told to anybody',
    answers: { 200: { description: 'How it stands.', content: json(sessionStateSchema) } },
    failures: [],
  }),
  look: of({
    operationId: 'look_at_invitation',
    summary: 'Whom a link is for',
    description: 'The link stays good.',
    body: body(lookSchema),
    answers: { 200: { description: 'Whom it is for.', content: json(invitationSchema) } },
    failures: [404, 408, 413, 422, 429],
  }),
  signIn: of({
    operationId: 'sign_in',
    summary: 'Sign in by a link, which is used up',
    description: 'The session is in a cookie. A name is for who comes for the first time.',
    body: body(signInSchema),
    answers: theMe,
    failures: [404, 408, 413, 422, 429, 507],
  }),
  signOut: of({ operationId: 'sign_out', summary: 'Sign out', answers: DONE, failures: [404] }),
  tokens: of({
    operationId: 'list_tokens',
    summary: "One's own API tokens",
    answers: { 200: { description: 'Newest first.', content: json(apiTokenListSchema) } },
    failures: [404],
  }),
  makeToken: of({
    operationId: 'create_token',
    summary: 'Make an API token',
    description: 'It is told this once. Only its hash is kept. A token makes no further ones.',
    body: body(newTokenSchema),
    answers: { 201: { description: 'With the token itself.', content: json(madeTokenSchema) } },
    failures: [404, 408, 413, 422, 429, 507],
  }),
  revokeToken: of({
    operationId: 'revoke_token',
    summary: "Revoke one of one's own API tokens",
    answers: DONE,
    failures: [404, 507],
  }),
  list: of({
    operationId: 'list_people',
    summary: 'People by name',
    description: 'Admins are told everything; others the names of those whose takes they see.',
    answers: { 200: { description: 'The people.', content: json(personListSchema) } },
    failures: [404],
  }),
  invite: of({
    operationId: 'invite_person',
    summary: 'Invite a person, by a link that is good for once (admins)',
    body: body(newPersonSchema),
    answers: { 201: { description: 'With the link.', content: json(inviteSchema) } },
    failures: [404, 408, 413, 422, 507],
  }),
  inviteAgain: of({
    operationId: 'invite_person_again',
    summary: 'Make a link by which a person signs in once more (admins)',
    answers: { 201: { description: 'With the link.', content: json(inviteSchema) } },
    failures: [404, 409, 507],
  }),
  change: of({
    operationId: 'change_person',
    summary: "Change a person's name, role or limit, or keep them out (admins)",
    body: body(personChangesSchema),
    answers: { 200: { description: 'As they now are.', content: json(personSchema) } },
    failures: [404, 408, 409, 413, 422, 507],
  }),
  audit: of({
    operationId: 'list_audit',
    summary: 'Who did what, newest first (admins)',
    query: pageQuery,
    answers: { 200: { description: 'A page.', content: json(auditPageSchema) } },
    failures: [404, 422],
  }),
}
