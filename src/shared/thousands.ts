/** A whole number as it is read in English: 2500 as "2,500". Without Intl, which a page's start would wait for. */
export const withThousands = (count: number | bigint): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')
