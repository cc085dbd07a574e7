import { databaseUid } from "@/server/fs/database-uid";

/** The uid (and gid) under which archives are read when mcsd is root. Nothing belongs to it but what is being extracted. */
export const extractorUid = databaseUid - 1;
