import { imageJava } from "../../contract";

/**
 * The image for a version: the lowest tag that satisfies it. `latest` is never asked for, since old loaders break on a new Java.
 * A configured name with a tag or a digest is taken as it is.
 */
export function imageName(configured: string, javaMajor: number): string {
  const last = configured.slice(configured.lastIndexOf("/") + 1);
  if (last.includes(":") || configured.includes("@")) return configured;
  return `${configured}:java${imageJava(javaMajor)}`;
}

/** The registry that an image comes from, as a login names it. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isRegistry ? first : "https://index.docker.io/v1/";
}
