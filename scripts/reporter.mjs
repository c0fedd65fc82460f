// Beside vitest's own output: says which tests were skipped and why, and leaves the counts in the file that
// CROFT_TEST_COUNTS names, for the last line of scripts/test.mjs.
import { writeFileSync } from 'node:fs';

export default class CountingReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed' || state === 'failed') counts[state]++;
        else {
          counts.skipped++;
          console.log(`skipped: ${module.relativeModuleId} > ${test.fullName}: ${note ?? 'no reason given'}`);
        }
      }
      // a file that cannot be loaded, or whose beforeAll fails, has no failed test of its own
      for (const place of [module, ...module.children.allSuites()]) counts.failed += place.errors().length;
    }
    const { CROFT_TEST_COUNTS: file } = process.env;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
