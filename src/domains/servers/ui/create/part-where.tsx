"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import type { KindCheck, LaunchKind } from "@/domains/launch/contract";
import type { Server } from "../../contract";
import { JavaField } from "../java-field";
import { JvmPresetField } from "../jvm-preset-field";
import { LaunchField } from "../launch-field";
import { MemoryField } from "../memory-field";
import { PortField } from "../port-field";
import type { CreateForm } from "./create-form-schema";
import { FormPart } from "./form-part";
import { useVersions } from "./use-versions";

interface PartWhereProps {
  servers: readonly Server[];
  /** Null while they are not known. */
  defaults: {
    memoryTotalMb: number;
    port: number | null;
    launchKinds: readonly KindCheck[];
    defaultLaunchKind: LaunchKind;
  } | null;
  isChecking: boolean;
  onCheck: () => void;
}

/** How the server is run, with which Java, memory and port. */
export function PartWhere({ servers, defaults, isChecking, onCheck }: PartWhereProps) {
  const t = useTranslations("create");
  const { control } = useFormContext<CreateForm>();
  const [type, version, build, kind, java] = useWatch({
    control,
    name: ["type", "version", "build", "launchKind", "javaMajor"],
  });
  const { versions } = useVersions(type);
  const chosen = versions.find((entry) => entry.version === version && entry.build === build);
  return (
    <FormPart number={2} title={t("where.title")} text={t("where.text")}>
      {defaults && (
        <LaunchField
          checks={defaults.launchKinds}
          usual={defaults.defaultLaunchKind}
          isChecking={isChecking}
          onCheck={onCheck}
        />
      )}
      <JavaField kind={kind ?? "host"} requiredJava={chosen?.javaMajor ?? null} />
      <JvmPresetField javaMajor={java ?? chosen?.javaMajor ?? null} />
      <MemoryField
        totalMb={defaults?.memoryTotalMb ?? null}
        othersMb={servers.reduce((sum, { memoryMb }) => sum + memoryMb, 0)}
      />
      <PortField others={servers} suggestion={defaults?.port ?? null} />
    </FormPart>
  );
}
