import { headers } from "next/headers";
import { cache } from "react";
import type { Me } from "@/domains/auth/contract";
import { bridge } from "@/server/bridge";

/** The signed-in person of this request, or null; asked once per request. Throws when the database cannot say. */
export const currentMe = cache(async (): Promise<Me | null> => bridge().me(await headers()));
