import { statfsSync } from 'node:fs'

/** Linux' numbers (statfs(2)) of file systems whose locks need not reach other machines. */
const UNSURE: Readonly<Record<number, string>> = {
  0xff534d42: 'SMB (cifs)',
  0xfe534d42: 'SMB',
  0x517b: 'SMB',
  0x65735546: 'FUSE',
  0x01021997: '9p',
}

/**
 * The name of the shared file system that a folder lies on, where its locks perhaps hold on this machine alone; null for
 * all others, and where the system does not tell. (NFS 4 hands locks on.)
 */
export const unsureFileSystem = (folder: string): string | null =>
  process.platform === 'linux' ? (UNSURE[statfsSync(folder).type] ?? null) : null
