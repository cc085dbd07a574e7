export * from "../../domains/audit/server/table";
export * from "../../domains/auth/server/table";
export * from "../../domains/jobs/server/table";
export * from "../../domains/servers/server/table";
export * from "../../domains/settings/server/table";
export * from "../../domains/users/server/table";
export * from "../../domains/versions/server/table";
export * from "../limits/table";
