import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parseJavaVersion } from "@/domains/java/server/parse-java-version";

/** The major of the machine's own `java`, which is what the stand-in server runs on (17 or newer). */
export async function runnableJava(): Promise<{ major: number }> {
  const { stderr } = await promisify(execFile)("java", ["-version"]);
  const java = parseJavaVersion(stderr);
  if (!java || java.major < 17) throw new Error(`The tests need a Java 17 or newer on the PATH. Found: ${stderr}`);
  return java;
}
