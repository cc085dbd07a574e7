/** Choices that have to be known before the first paint, also without an account. None of them is secret. */
export const localeCookie = "mcsd-locale";
export const themeCookie = "mcsd-theme";
export const timeZoneCookie = "mcsd-time-zone";
export const sidebarCookie = "mcsd-sidebar";
