import { queryOptions } from '@tanstack/react-query'
import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import { client } from './client.ts'

/** An uploaded file by its id. Ids are hashes of the bytes: what they stand for never changes. */
export const fileOptions = (id: string) =>
  queryOptions({
    queryKey: ['file', id],
    queryFn: async ({ signal }): Promise<FileResource> =>
      fileResourceSchema.parse(await client.files.get(id, { signal })),
    staleTime: Infinity,
    retry: false,
  })
