const nbt = /\.(?:dat|dat_old|nbt|schem|schematic|litematic|mcstructure)$/i;

/** Whether a file of this name is, by all that is known, a tree of tags. */
export function isNbtName(name: string): boolean {
  return nbt.test(name);
}
