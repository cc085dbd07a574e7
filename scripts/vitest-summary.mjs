import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A vitest reporter that leaves one JSON file for scripts/test.mjs: how many passed, what failed, what was skipped and why. */
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const summary = { passed: 0, failed: [], skipped: [] };
    for (const module of modules) {
      const file = module.relativeModuleId ?? module.moduleId;
      for (const error of module.errors()) summary.failed.push(`${file}: ${error.message}`);
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${file} > ${test.fullName}`;
        if (result.state === "passed") summary.passed++;
        else if (result.state === "skipped") summary.skipped.push({ name, reason: result.note ?? "" });
        else summary.failed.push(name);
      }
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) summary.failed.push(`${file} > ${suite.fullName}: ${error.message}`);
    }
    for (const error of unhandledErrors) summary.failed.push(`unhandled: ${error.message}`);
    const path = process.env.MCSD_UNIT_SUMMARY;
    if (!path) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(summary));
  }
}
