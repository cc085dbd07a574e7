import { z } from "zod";
import { AppError } from "@/server/errors";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";

const assetsSchema = z
  .array(
    z.object({
      binary: z.object({
        package: z.object({
          name: z.string().max(200),
          link: z.url(),
          checksum: z.string().regex(/^[0-9a-f]{64}$/i),
          size: z
            .number()
            .int()
            .positive()
            .max(2 ** 30),
        }),
      }),
      version: z.object({ major: z.number().int(), openjdk_version: z.string().max(100) }),
    }),
  )
  .max(100);

/** A Java to download: what it is and what the file must be. */
export interface JavaPackage {
  version: string;
  url: string;
  /** SHA-256, lower case. */
  checksum: string;
  sizeBytes: number;
}

export interface JavaMachine {
  os: string;
  architecture: string;
}

/** Where Adoptium's own links lead: its API answers with releases on GitHub. */
export const adoptiumHosts = [
  "api.adoptium.net",
  "github.com",
  "objects.githubusercontent.com",
  "release-assets.githubusercontent.com",
];

/**
 * The newest Temurin of a major for a machine: its JRE, or the JDK where there is no JRE (16). Throws JAVA_UNAVAILABLE when Adoptium has
 * neither, and what the client throws. Source: https://api.adoptium.net/q/swagger-ui/ (assets/latest).
 */
export async function findJavaPackage(
  { client, baseUrl }: { client: OutboundClient; baseUrl: URL },
  major: number,
  options: { machine: JavaMachine; signal: AbortSignal },
): Promise<JavaPackage> {
  const { machine, signal } = options;
  for (const image of ["jre", "jdk"]) {
    const url = new URL(`${baseUrl.pathname.replace(/\/+$/, "")}/v3/assets/latest/${major}/hotspot`, baseUrl);
    url.search = new URLSearchParams({ ...machine, image_type: image, vendor: "eclipse" }).toString();
    const request = { schema: assetsSchema, allowedHosts: [baseUrl.host], signal };
    const reply = await downloadJson(client, url, request).catch((error) => {
      if (error?.details?.status === 404) return null;
      throw error;
    });
    const [asset] = reply && reply !== "unchanged" ? reply.value : [];
    if (!asset) continue;
    if (asset.version.major !== major)
      throw new AppError("UPSTREAM_FAILED", `${baseUrl.host} answered with another Java than ${major}.`, {
        reason: "shape",
      });
    const { link, checksum, size } = asset.binary.package;
    return { version: asset.version.openjdk_version, url: link, checksum: checksum.toLowerCase(), sizeBytes: size };
  }
  throw new AppError("JAVA_UNAVAILABLE", `Adoptium has no Java ${major} for this machine.`, {
    required: major,
    ...machine,
  });
}

/** This machine in Adoptium's words. Alpine and its like have another C library. */
export function ownMachine(): JavaMachine {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    linux: isMusl() ? "alpine-linux" : "linux",
    darwin: "mac",
    win32: "windows",
  };
  const architectures: Partial<Record<NodeJS.Architecture, string>> = {
    x64: "x64",
    arm64: "aarch64",
    arm: "arm",
    s390x: "s390x",
    ppc64: "ppc64le",
  };
  return { os: names[process.platform] ?? process.platform, architecture: architectures[process.arch] ?? process.arch };
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: unknown } };
  return header?.glibcVersionRuntime === undefined;
}
