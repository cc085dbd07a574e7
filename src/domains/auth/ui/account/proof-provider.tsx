"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { errorBodyOf } from "@/components/error-body";
import { ProofDialog } from "./proof-dialog";

/**
 * Runs an action that may need the password again. Where the server asks for it, the person is asked and the action repeated
 * with it. Rejects with what the action rejected with, or with `proofGivenUp` when the person closed the question.
 */
export type Prove = <Result>(action: (password?: string) => Promise<Result>) => Promise<Result>;

/** Not a failure to be shown: the person decided so. */
export const proofGivenUp = new Error("the question for the password was closed");

interface Question {
  /** Settles the action, unless the password is what was wrong: then it rejects and the question stays open. */
  answer: (password: string) => Promise<void>;
  giveUp: () => void;
}

const ProofContext = createContext<Prove>((action) => action());

export function useProof(): Prove {
  return useContext(ProofContext);
}

export function ProofProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const prove = useCallback<Prove>(async (action) => {
    try {
      return await action();
    } catch (error) {
      if (errorBodyOf(error)?.code !== "REAUTHENTICATION_REQUIRED") throw error;
    }
    return new Promise((resolve, reject) => {
      setQuestion({
        async answer(password) {
          try {
            resolve(await action(password));
          } catch (error) {
            if (["PASSWORD_WRONG", "RATE_LIMITED"].includes(errorBodyOf(error)?.code ?? "")) throw error;
            reject(error);
          }
          setQuestion(null);
        },
        giveUp() {
          reject(proofGivenUp);
          setQuestion(null);
        },
      });
    });
  }, []);
  return (
    <ProofContext value={prove}>
      {children}
      {question && <ProofDialog onAnswer={question.answer} onGiveUp={question.giveUp} />}
    </ProofContext>
  );
}
