import "next-auth";
import "next-auth/jwt";

declare module "next-auth" {
  interface User {
    id: string;
    sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    /** Id of the session's row. */
    sid?: string;
    /** When the access part ends, in Unix seconds. */
    acc?: number;
  }
}
