import { requirePermission } from "@/server/auth/require-permission";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { collectFamilies } from "./collect-families";
import { toPrometheusText } from "./prometheus-text";

/**
 * `GET /api/metrics`, for Prometheus and its like: an API token with `system.view_health` gets the machine's figures, and with
 * `servers.view` those of the servers within its reach.
 */
export function serveMetrics(place: TransferPlace, transfer: Transfer): Promise<void> {
  return openTransfer(place, transfer, {
    methods: ["GET"],
    action: "metrics.scrape",
    check: async (actor) => requirePermission(actor, "system.view_health"),
    async work(ctx) {
      const body = Buffer.from(toPrometheusText(await collectFamilies(ctx)));
      transfer.response.writeHead(200, {
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
        "content-length": body.byteLength,
        "cache-control": "no-store",
      });
      transfer.response.end(body);
    },
  });
}
