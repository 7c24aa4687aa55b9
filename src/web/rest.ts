/** What is not seen at first, in one file, fetched once the first look is over: see `data/first-look.ts`. */
export { begin } from './begin.ts'
export { followJobs } from './data/follow-jobs.ts'
export { followLibrary } from './data/library.ts'
export { Dialogs, Offer } from './dialogs.tsx'
export { ArrivalOffer, FormNotice, Many } from './inputs/arrivals.tsx'
export { Zones } from './inputs/zones.tsx'
export { StageLineage } from './recall/stage-lineage.tsx'
export { PageNews } from './shell/page-news.tsx'
