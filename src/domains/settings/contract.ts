export interface HealthCheck {
  name: "database" | "disk" | "java" | "upstreams" | "isolation" | "docker";
  status: "ok" | "warn" | "fail";
  /** Facts for the sentence that the page shows; numbers in bytes or seconds as their names say. */
  params: Record<string, string | number>;
  /** Which of the check's sentences applies. */
  detail: string;
}

export interface SystemHealth {
  version: string;
  uptimeSeconds: number;
  checks: HealthCheck[];
}
