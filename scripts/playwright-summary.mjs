/** Walks Playwright's JSON report into the same form: how many passed, what failed, what was skipped and why. */
export function summarise(report) {
  const summary = { passed: 0, failed: [], skipped: [] };
  const walk = (suite, path) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = [...path, spec.title, test.projectName && `[${test.projectName}]`].filter(Boolean).join(" > ");
        const reason = test.annotations?.find(({ type }) => type === "skip" || type === "fixme")?.description ?? "";
        if (test.status === "skipped") summary.skipped.push({ name, reason });
        else if (test.status === "unexpected") summary.failed.push(name);
        else summary.passed++;
      }
    }
    for (const inner of suite.suites ?? []) walk(inner, [...path, inner.title]);
  };
  for (const suite of report.suites ?? []) walk(suite, [suite.title]);
  for (const error of report.errors ?? []) summary.failed.push(`playwright: ${String(error.message).split("\n")[0]}`);
  return summary;
}
