import { z } from "zod";

/** Where a Java was found, in the order in which one is preferred to another of the same major. */
export const javaSources = ["setting", "data", "java-home", "system", "sdkman", "path"] as const;
export const javaSourceSchema = z.enum(javaSources);
export type JavaSource = z.infer<typeof javaSourceSchema>;

export const javaInstallationSchema = z.object({
  major: z.number().int(),
  /** As `java -version` says it, for example `17.0.15` or `1.8.0_452`. */
  version: z.string(),
  vendor: z.string(),
  /** Absolute path of the `java` program. */
  path: z.string(),
  source: javaSourceSchema,
});
export type JavaInstallation = z.infer<typeof javaInstallationSchema>;

/** A place that should hold a Java and does not: a JAVA_n_PATH that names nothing, or another major than n. */
export const javaProblemSchema = z.object({
  path: z.string(),
  source: javaSourceSchema,
  reason: z.enum(["missing", "not-java", "other-major"]),
  /** The major that the setting promised. */
  expected: z.number().int().nullable(),
  /** The major that was found instead. */
  found: z.number().int().nullable(),
});
export type JavaProblem = z.infer<typeof javaProblemSchema>;

export const javaOverviewSchema = z.object({
  installations: z.array(javaInstallationSchema),
  problems: z.array(javaProblemSchema),
});
export type JavaOverview = z.infer<typeof javaOverviewSchema>;

/** `details` of JAVA_NOT_FOUND. */
export const javaNotFoundSchema = z.object({
  required: z.number().int(),
  /** Majors that are there, lowest first. */
  found: z.array(z.number().int()),
  howTo: z.object({
    /** Environment variable that can name a `java` of this major. */
    variable: z.string(),
    /** Package of Debian and Ubuntu. */
    aptPackage: z.string(),
    /** The lowest newer major that is there: it may do, if the user fixes it for the server by hand. Null when there is none. */
    newerMajor: z.number().int().nullable(),
  }),
});
export type JavaNotFound = z.infer<typeof javaNotFoundSchema>;

/** Majors that Temurin has and a version of the game asks for; 11 for those who want it. */
export const installableJavas = [8, 11, 16, 17, 21, 25] as const;

export const javaMajorInputSchema = z.object({ javaMajor: z.number().int().min(8).max(99) });
export const installJavaInputSchema = javaMajorInputSchema.extend({ wait: z.boolean().optional() });
