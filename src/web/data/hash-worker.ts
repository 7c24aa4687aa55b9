import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'

/** The SHA-256 of a file, read piece by piece: the browser's own hashing wants all of it in memory. */
const hashOf = async (file: Blob): Promise<string> => {
  const hash = sha256.create()
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytesToHex(hash.digest())
    hash.update(value)
  }
}

// A failure reaches the page as the worker's error.
self.onmessage = ({ data }: MessageEvent<File>) =>
  void hashOf(data).then(
    (hex) => self.postMessage(hex),
    (error: unknown) => reportError(error),
  )
