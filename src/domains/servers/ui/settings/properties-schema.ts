import { z } from "zod";
import {
  type EverydayProperty,
  everydayProperties,
  everydayPropertyNames,
  type PropertyField,
} from "./everyday-properties";

const line = z
  .string()
  .max(2000)
  .regex(/^[^\r\n]*$/, { message: "control_characters" });

/** Text that must be a whole number within limits; the findings are those of a number. */
function wholeNumber(min: number, max: number) {
  return z.string().superRefine((text, context) => {
    const parsed = z
      .number()
      .int()
      .min(min)
      .max(max)
      .safeParse(text.trim() === "" ? Number.NaN : Number(text));
    for (const issue of parsed.error?.issues ?? [])
      context.addIssue({ ...issue, path: [] } as Parameters<typeof context.addIssue>[0]);
  });
}

const schemaOf = (field: PropertyField) => (field.kind === "number" ? wholeNumber(field.min, field.max) : line);

/** Checks the common properties as they are typed. */
export const propertiesFormSchema = z.object(
  Object.fromEntries(everydayPropertyNames.map((name) => [name, schemaOf(everydayProperties[name])])) as Record<
    EverydayProperty,
    z.ZodString
  >,
);
export type PropertiesFormValues = z.output<typeof propertiesFormSchema>;
