/** Java versions for which the image has a tag (https://docker-minecraft-server.readthedocs.io/en/latest/versions/java/). */
const taggedJavas = [8, 11, 16, 17, 21, 25] as const;

/**
 * The image for a version: the lowest tag that satisfies it. `latest` is never asked for, since old loaders break on a new Java.
 * A configured name with a tag or a digest is taken as it is.
 */
export function imageName(configured: string, javaMajor: number): string {
  const last = configured.slice(configured.lastIndexOf("/") + 1);
  if (last.includes(":") || configured.includes("@")) return configured;
  const major = taggedJavas.find((candidate) => candidate >= javaMajor) ?? javaMajor;
  return `${configured}:java${major}`;
}

/** The registry that an image comes from, as a login names it. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isRegistry ? first : "https://index.docker.io/v1/";
}
