import { realpath, stat } from "node:fs/promises";
import { mapConcurrently } from "@/lib/map-concurrently";
import type { JavaInstallation, JavaOverview, JavaProblem } from "../contract";
import { askJava } from "./ask-java";
import { type JavaPlace, type JavaSearch, listJavaPlaces } from "./java-places";
import type { ParsedJavaVersion } from "./parse-java-version";

const maxConcurrency = 4;

interface Candidate extends JavaPlace {
  /** Without symbolic links: the same program by two names is one. */
  program: string;
}

type Answers = ReadonlyMap<string, ParsedJavaVersion | null>;

/**
 * Looks in the usual places and asks each Java once who it is. Most preferred first: settings, then what mcsd installed,
 * JAVA_HOME, the system's, SDKMAN's, PATH. A setting that leads to another major than it says is a problem, and the Java is
 * listed as what it really is.
 */
export async function detectJava(search: JavaSearch, signal?: AbortSignal): Promise<JavaOverview> {
  const places = await listJavaPlaces(search);
  const candidates = (await mapConcurrently(places, maxConcurrency, toCandidate)).filter((found) => found !== null);
  const unique = [
    ...new Map(candidates.toReversed().map((candidate) => [candidate.program, candidate])).values(),
  ].reverse();
  const answers: Answers = new Map(
    await mapConcurrently(
      unique,
      maxConcurrency,
      async ({ program, path }) => [program, await askJava(path, signal)] as const,
    ),
  );
  return { installations: toInstallations(unique, answers), problems: toProblems(places, candidates, answers) };
}

async function toCandidate(place: JavaPlace): Promise<Candidate | null> {
  try {
    const program = await realpath(place.path);
    return (await stat(program)).isFile() ? { ...place, program } : null;
  } catch {
    return null;
  }
}

function toInstallations(candidates: readonly Candidate[], answers: Answers): JavaInstallation[] {
  return candidates.flatMap(({ program, path, source }) => {
    const answer = answers.get(program);
    return answer ? [{ ...answer, path, source }] : [];
  });
}

/** One per setting that does not keep its promise. */
function toProblems(places: readonly JavaPlace[], candidates: readonly Candidate[], answers: Answers): JavaProblem[] {
  const settings = new Map(places.toReversed().map((place) => [place.expected, place]));
  return [...settings.values()].flatMap(({ path, source, expected }): JavaProblem[] => {
    if (expected === null) return [];
    const candidate = candidates.find((found) => found.expected === expected);
    if (!candidate) return [{ path, source, reason: "missing", expected, found: null }];
    const found = answers.get(candidate.program)?.major ?? null;
    if (found === expected) return [];
    return [{ path: candidate.path, source, reason: found === null ? "not-java" : "other-major", expected, found }];
  });
}
