"use client";

import { useFormContext } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { Textarea } from "@/components/ui/textarea";
import { FieldFault } from "./field-fault";
import { TagsInput } from "./tags-input";
import { TextField } from "./text-field";

interface Identity {
  name: string;
  description: string;
  tags: string[];
}

interface IdentityFieldsProps {
  labels: Record<keyof Identity, string>;
  tagsText: string;
  namePlaceholder?: string;
}

/** Name, description and tags. The fields are named so in every form. */
export function IdentityFields({ labels, tagsText, namePlaceholder }: IdentityFieldsProps) {
  const { control } = useFormContext<Identity>();
  return (
    <>
      <TextField<Identity> name="name" label={labels.name} placeholder={namePlaceholder} />
      <LabelledField control={control} name="description" label={labels.description} fault={<FieldFault />}>
        {(field) => <Textarea {...field} rows={2} />}
      </LabelledField>
      <LabelledField control={control} name="tags" label={labels.tags} hint={tagsText} fault={<FieldFault />}>
        {(field) => <TagsInput {...field} className="max-md:h-11" />}
      </LabelledField>
    </>
  );
}
