/** What one point of an inspection came to; `na`: it does not apply. */
export type CheckResult = 'pass' | 'fail' | 'na'
