/** Why an archive that somebody sent is refused, in words for logs and scripts; pages have their own in both languages. */
export const archiveRules = {
  notAnArchive: "it is no archive of a kind that is read here: .zip, .tar, .tar.gz or .tar.zst",
  damaged: "it is damaged or cut off",
  ambiguous: "programs would disagree about what is in it",
  unsupported: "it is packed in a way that is not read here",
  encrypted: "it holds an encrypted file",
  link: "it holds a symbolic link",
  hardLink: "it holds a hard link",
  special: "it holds something that is no file or folder",
  absolutePath: "it holds an absolute path",
  parentPath: "it holds a path that leaves its folder",
  driveLetter: "it holds a path with a drive letter",
  backslash: "it holds a name with a backslash",
  nul: "it holds a name with a NUL character, or without any",
  notText: "it holds a name that is no text",
  nameTooLong: "it holds a name that is too long",
  tooDeep: "its folders lie too deep inside each other",
  duplicate: "it holds the same name twice",
  twin: "it holds two names that are one on some systems",
  fileAndFolder: "one name in it stands for a file and a folder",
  overlap: "files in it share their bytes",
  tooManyEntries: "it holds more files and folders than are allowed",
  tooLarge: "it unpacks to more bytes than are allowed",
  fileTooLarge: "it holds a file that is larger than allowed",
  ratio: "it unpacks to many more times its own size than is allowed",
  memory: "reading it takes more memory than is allowed",
  time: "reading it takes longer than is allowed",
  crashed: "the program that read it broke down over it",
  otherFormat: "it is an archive of another kind than was said",
  noWorld: "there is no world in it (no level.dat)",
} as const;
export type ArchiveRule = keyof typeof archiveRules;

export function isArchiveRule(value: unknown): value is ArchiveRule {
  return typeof value === "string" && Object.hasOwn(archiveRules, value);
}
