import { z } from 'zod'

/** What an order is answered with. The three links are used as they are and never built. */
export const queuedSchema = z.object({
  request_id: z.string().min(1).max(200),
  status_url: z.url(),
  response_url: z.url(),
  cancel_url: z.url(),
})

/** One look at an order: IN_QUEUE, IN_PROGRESS or COMPLETED, the last perhaps with what went wrong. */
export const queueStatusSchema = z.object({
  status: z.string(),
  error: z.unknown().optional(),
  error_type: z.string().nullish(),
})

const fileSchema = z.object({ url: z.string().min(1) })

/** What models answer: one clip, or pictures of which the first is ours, and whether it was blacked out. */
export const resultSchema = z.union([
  z.object({ video: fileSchema }).transform(({ video }) => ({ url: video.url, blackedOut: false })),
  z
    .object({ images: z.tuple([fileSchema], fileSchema), has_nsfw_concepts: z.array(z.boolean()).nullish() })
    .transform(({ images: [first], has_nsfw_concepts: flags }) => ({
      url: first.url,
      blackedOut: flags?.[0] === true,
    })),
])

/** What the four words of a cancel stand in. */
export const cancelSchema = z.object({ status: z.string() })

/** Where the bytes of a file go, and the link by which models read it then. */
export const uploadSchema = z.object({ upload_url: z.url(), file_url: z.url() })

/** What a part of an upload is answered with; the etag may stand in the header alone. */
export const partSchema = z.object({ etag: z.string().min(1) })

/** Who a key belongs to, as far as it says whether the account may order. */
export const accountSchema = z.object({ is_locked: z.boolean(), lock_reason: z.string().nullish() })

const complaintSchema = z.object({
  loc: z.array(z.union([z.string(), z.number()])).catch([]),
  msg: z.string(),
  type: z.string(),
})
export type Complaint = z.infer<typeof complaintSchema>

/** An error's body: a model's own typed complaints, or the platform's one sentence with its type. */
export const errorSchema = z.union([
  z.object({ detail: z.array(complaintSchema).min(1) }),
  z.object({ detail: z.string(), error_type: z.string().nullish() }),
  z
    .array(complaintSchema)
    .min(1)
    .transform((detail) => ({ detail })),
])
