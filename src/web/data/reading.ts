import { queryOptions } from '@tanstack/react-query'
import { promptReadingSchema } from '../../shared/prompt-reading.ts'
import { routes } from '../../shared/routes.ts'
import { sendJson } from './send-json.ts'

/** What a prompt comes to at the local engine. `reference`: whether a reference image goes along. */
export const readingOptions = (modelId: string, prompt: string, reference: boolean) =>
  queryOptions({
    queryKey: ['reading', modelId, prompt, reference],
    queryFn: async ({ signal }) =>
      promptReadingSchema.parse(await sendJson('POST', routes.reading(modelId), { prompt, reference }, signal)),
    // The same words are read the same way; without an answer there is nothing to say, and nothing to try again for.
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  })
