import { expect, it } from "vitest";
import { toPrometheusText } from "./prometheus-text";

it("writes families as Prometheus reads them, without what is not known", () => {
  const text = toPrometheusText([
    { name: "a_total", help: "One\ntwo \\", type: "counter", samples: [{ value: 3 }] },
    {
      name: "b",
      help: "B.",
      type: "gauge",
      samples: [
        { labels: { name: 'A "quoted" \\ name\nin two lines', id: "1" }, value: 0.25 },
        { labels: { name: "unknown", id: "2" }, value: null },
      ],
    },
    { name: "c", help: "Nothing known.", type: "gauge", samples: [{ value: null }] },
  ]);
  expect(text).toBe(
    [
      "# HELP a_total One\\ntwo \\\\",
      "# TYPE a_total counter",
      "a_total 3",
      "# HELP b B.",
      "# TYPE b gauge",
      'b{name="A \\"quoted\\" \\\\ name\\nin two lines",id="1"} 0.25',
      "",
    ].join("\n"),
  );
});
