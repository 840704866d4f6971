// Prints what a run of vitest came to, from its JSON report, as `N passed, N failed`.
// Ends with 1 when something failed, nothing ran, or there is no report.
import { existsSync, readFileSync } from 'node:fs'

const [file] = process.argv.slice(2)
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
const passed = report?.numPassedTests ?? 0
// files that can't be loaded have no tests that could fail
const broken = report?.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
)
const failed = report ? report.numFailedTests + broken.length : 1
if (!report) console.log('The tests did not run.')
console.log(`${passed} passed, ${failed} failed`)
if (failed > 0 || passed === 0) process.exitCode = 1
