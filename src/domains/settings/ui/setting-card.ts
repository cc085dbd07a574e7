import type { AppSettings } from "../contract";

/** What each card of the settings is given. */
export interface SettingCardProps {
  settings: AppSettings;
  canChange: boolean;
  isSaving: boolean;
  /** Saves, then says so. */
  onSave: (change: Partial<AppSettings>, done: string) => void;
}
