// Preload of a measured process (`node --import`): at its end writes what it used
// to the file that BENCH_REPORT names. Others add to `globalThis.benchReport`.
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  globalThis.benchReport = {}
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    const report = {
      peakBytes: maxRSS * 1024,
      cpuMs: (userCPUTime + systemCPUTime) / 1000,
      ...globalThis.benchReport,
    }
    writeFileSync(process.env.BENCH_REPORT, JSON.stringify(report))
  })
}
