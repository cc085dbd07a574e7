import { availableServerTypes } from "@/domains/versions/contract";
import type { TemplateSettings } from "../../template-contract";
import { type CreateForm, difficulties, emptyCreateForm, gameModes } from "../create/create-form-schema";

/** A template as the create form is filled with it: what the form does not ask for, it cannot hold. */
export function applyTemplate({ properties = {}, ...settings }: TemplateSettings): CreateForm {
  const { rules } = emptyCreateForm;
  const among = <Value extends string>(values: readonly Value[], value: string | undefined, usual: Value) =>
    values.find((known) => known === value) ?? usual;
  const number = (key: string, usual: number) => {
    const value = Number(properties[key]);
    return Number.isInteger(value) && value > 0 ? value : usual;
  };
  return {
    ...emptyCreateForm,
    description: settings.description ?? "",
    tags: settings.tags ?? [],
    type: availableServerTypes.find((type) => type === settings.type) ?? emptyCreateForm.type,
    version: settings.version,
    build: settings.build ?? null,
    memoryMb: settings.memoryMb,
    launchKind: settings.launchKind ?? null,
    javaMajor: settings.javaMajor ?? null,
    rules: {
      motd: (properties.motd ?? "").slice(0, 200),
      maxPlayers: number("max-players", rules.maxPlayers),
      difficulty: among(difficulties, properties.difficulty, rules.difficulty),
      gameMode: among(gameModes, properties.gamemode, rules.gameMode),
      isOnlineMode: properties["online-mode"] !== "false",
      hasWhitelist: properties["white-list"] === "true",
      seed: (properties["level-seed"] ?? "").slice(0, 100),
      viewDistance: number("view-distance", rules.viewDistance),
    },
  };
}
