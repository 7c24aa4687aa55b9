import type { FileResource } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'

/** Where a clip can be played from: as it was uploaded, else as the server's preview (HEVC in Chromium, any GIF). */
export const clipUrls = (file: FileResource): string[] => {
  const preview = routes.filePreview(file.id)
  return file.mime_type === 'image/gif' ? [preview] : [routes.fileContent(file.id), preview]
}
