"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { type LaunchKind, launchKinds } from "@/domains/launch/contract";
import type { Server } from "../../contract";
import { FieldFault } from "../field-fault";
import { MemoryField } from "../memory-field";
import { PortField } from "../port-field";
import type { CreateForm } from "./create-form-schema";
import { FormPart } from "./form-part";

interface PartWhereProps {
  servers: readonly Server[];
  totalMb: number | null;
  port: number | null;
  /** Launch kinds that this machine can run. */
  kinds: readonly LaunchKind[];
}

/** Memory, port, and how the process is run where there is a choice. */
export function PartWhere({ servers, totalMb, port, kinds }: PartWhereProps) {
  const t = useTranslations("create");
  const { control } = useFormContext<CreateForm>();
  return (
    <FormPart number={2} title={t("where.title")} text={t("where.text")}>
      <MemoryField totalMb={totalMb} othersMb={servers.reduce((sum, { memoryMb }) => sum + memoryMb, 0)} />
      <PortField others={servers} suggestion={port} />
      {kinds.length > 1 && (
        <FormField
          control={control}
          name="launchKind"
          render={({ field }) => (
            <FormItem>
              <FormLabel>{t("launch.label")}</FormLabel>
              <Select value={field.value ?? kinds[0] ?? launchKinds[0]} onValueChange={field.onChange}>
                <FormControl>
                  <SelectTrigger ref={field.ref} className="w-full sm:w-72 max-md:h-11">
                    <SelectValue />
                  </SelectTrigger>
                </FormControl>
                <SelectContent>
                  {kinds.map((kind) => (
                    <SelectItem key={kind} value={kind}>
                      {t(`launch.${kind}`)}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
              <FormDescription>{t("launch.text")}</FormDescription>
              <FieldFault />
            </FormItem>
          )}
        />
      )}
    </FormPart>
  );
}
