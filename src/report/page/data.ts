import type { Report } from '../model/index.ts'

/** What a report that is written as a file holds: this, and batches of details that are unpacked when they are asked for. */
export interface PageData {
  readonly report: Report
  readonly details: PageDetails
}

export interface PageDetails {
  /** For each module of the run, the batch that has its details; -1 when they were left out. */
  readonly batchOf: readonly number[]
  /** The batch with the plugins' own parts. */
  readonly identities: number
  /** True when the details have code. */
  readonly hasCode: boolean
  /** What was left out and why, in words; empty when nothing was. */
  readonly notice: string
}
