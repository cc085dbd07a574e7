import type { Locale } from "@/domains/auth/contract";
import type { formats } from "./formats";
import type messages from "./messages/en.json";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
    Formats: typeof formats;
  }
}
