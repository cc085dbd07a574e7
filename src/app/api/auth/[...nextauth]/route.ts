import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { type AuthOutcome, authOptions } from "@/app/auth-options";
import { completeAuthAnswer } from "@/app/complete-auth-answer";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

const handler = async (request: NextRequest, context: Context) => {
  const outcome: AuthOutcome = {};
  const answer: Response = await NextAuth(request, context, authOptions(request.headers, outcome));
  return completeAuthAnswer(answer, outcome, request.headers);
};

export { handler as GET, handler as POST };
