import { z } from 'zod'

// The page's policy forbids compiling code from text. Zod would try, and some browsers say so in their console.
z.config({ jitless: true })
