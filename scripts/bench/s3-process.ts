// The S3 server of the tests in a process of its own, for where no other is on this machine.
import { startS3Server } from '../../src/server/testing/s3/s3-server.ts'

const { endpoint, close } = await startS3Server()
console.log(`ready: ${endpoint}`)
process.on('SIGTERM', () => void close().then(() => process.exit(0)))
